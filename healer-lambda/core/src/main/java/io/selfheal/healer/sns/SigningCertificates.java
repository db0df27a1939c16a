package io.selfheal.healer.sns;

import java.io.IOException;
import java.net.URI;

/** Fetches the certificates that SNS signs with. */
public interface SigningCertificates {

    /**
     * The file at an address that was found to be one of SNS. Bounded in size and time, follows no redirect, and may answer
     * from memory, since such a file never changes.
     *
     * @throws IOException when it cannot be had now
     */
    byte[] fetch(URI address) throws IOException;
}
