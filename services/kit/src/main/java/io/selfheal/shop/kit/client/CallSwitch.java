package io.selfheal.shop.kit.client;

import java.time.Instant;

/** Switches calls to another service off for a time, on purpose. */
public interface CallSwitch {

    /** When calls may be made again, or since when they may; long ago if they were never switched off. */
    Instant offUntil(String dependency);
}
