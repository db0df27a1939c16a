package io.selfheal.shop.kit.client;

/** May make a call to another service fail before it is made. The faults use it; nothing else should. */
public interface CallGate {

    /** Throws when the call is to fail. */
    void check(String dependency);
}
