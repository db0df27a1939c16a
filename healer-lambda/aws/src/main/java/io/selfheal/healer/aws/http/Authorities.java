package io.selfheal.healer.aws.http;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whose certificates the JDK believes, {@code javax.net.ssl.trustStore} included; read once in a process. */
final class Authorities {
    private static TrustManager @Nullable [] read;

    private Authorities() {}

    static synchronized TrustManager[] ofPlatform() {
        TrustManager[] managers = read == null ? readNow() : read;
        read = managers;
        return managers.clone();
    }

    private static TrustManager[] readNow() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            // Null is the JDK's word for its own.
            factory.init((@Nullable KeyStore) null);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK's trusted authorities cannot be read: " + e.getMessage(), e);
        }
    }
}
