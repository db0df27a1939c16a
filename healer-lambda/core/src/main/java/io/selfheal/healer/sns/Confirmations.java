package io.selfheal.healer.sns;

import java.io.IOException;
import java.net.URI;

/** Tells SNS that a topic may send. */
public interface Confirmations {

    /**
     * Asks an address of SNS, once; to do so again is harmless. Bounded in size and time, follows no redirect.
     *
     * @throws IOException when SNS cannot be reached or does not answer 200
     */
    void confirm(URI address) throws IOException;
}
