package io.selfheal.healer.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whom this machine trusts to issue certificates: those that HTTPS is checked by, and those of a file. */
public final class TrustedAuthorities {

    private TrustedAuthorities() {}

    /** Those of the Java platform. */
    public static Set<TrustAnchor> ofPlatform() {
        Set<TrustAnchor> anchors = new HashSet<>();
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            @Nullable KeyStore platform = null;
            factory.init(platform);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager trusting) {
                    for (X509Certificate authority : trusting.getAcceptedIssuers()) {
                        anchors.add(new TrustAnchor(authority, null));
                    }
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the Java platform's trusted authorities cannot be read", e);
        }
        return anchors;
    }

    /**
     * Those of a file of certificates in PEM form.
     *
     * @throws IOException when it cannot be read or holds none
     */
    public static Set<TrustAnchor> ofFile(Path file) throws IOException {
        Set<TrustAnchor> anchors = new HashSet<>();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                if (certificate instanceof X509Certificate authority) {
                    anchors.add(new TrustAnchor(authority, null));
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " holds no certificates in PEM form: " + e.getMessage(), e);
        }
        if (anchors.isEmpty()) {
            throw new IOException(file + " holds no certificates in PEM form");
        }
        return anchors;
    }
}
