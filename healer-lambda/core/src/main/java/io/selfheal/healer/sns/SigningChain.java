package io.selfheal.healer.sns;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a file holds a certificate of SNS that is good now. Looks nothing up: not revocation, nor a missing certificate. */
final class SigningChain {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]{1,20000})-----END CERTIFICATE-----");
    private static final int MAX_FILE = 64 * 1024;
    private static final int MAX_CERTIFICATES = 5;
    private static final int LEAST_BITS = 2048;
    private static final int DNS_NAME = 2;

    private final Set<TrustAnchor> anchors;

    SigningChain(Set<TrustAnchor> anchors) {
        this.anchors = Set.copyOf(anchors);
    }

    /** The first certificate in the file, which signs; the others may lead to an anchor. */
    X509Certificate verified(byte[] file, TopicArn topic, Instant now) throws DoubtException {
        List<X509Certificate> certificates = read(file);
        X509Certificate leaf = certificates.getFirst();
        requireFitToSign(leaf);
        requireName(leaf, topic);
        try {
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(leaf);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(certificates)));
            CertPathBuilder.getInstance("PKIX").build(parameters);
            // An anchor that is the leaf itself needs no path, and then nobody has looked at its dates.
            leaf.checkValidity(Date.from(now));
            return leaf;
        } catch (GeneralSecurityException e) {
            throw doubt("does not lead to a certificate that is trusted: " + e.getMessage());
        }
    }

    private static List<X509Certificate> read(byte[] file) throws DoubtException {
        if (file.length > MAX_FILE) {
            throw doubt("is longer than " + MAX_FILE + " bytes");
        }
        List<X509Certificate> certificates = new ArrayList<>();
        Matcher blocks = PEM.matcher(new String(file, StandardCharsets.ISO_8859_1));
        while (blocks.find()) {
            if (certificates.size() == MAX_CERTIFICATES) {
                throw doubt("holds more than " + MAX_CERTIFICATES);
            }
            certificates.add(certificate(blocks.group(1)));
        }
        if (certificates.isEmpty()) {
            throw doubt("is no certificate in PEM form");
        }
        return certificates;
    }

    private static X509Certificate certificate(String base64) throws DoubtException {
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(base64);
            if (CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded))
                    instanceof X509Certificate certificate) {
                return certificate;
            }
        } catch (CertificateException | IllegalArgumentException e) {
            throw doubt("cannot be read: " + e.getMessage());
        }
        throw doubt("is not X.509");
    }

    private static void requireFitToSign(X509Certificate leaf) throws DoubtException {
        if (!(leaf.getPublicKey() instanceof RSAPublicKey key)
                || key.getModulus().bitLength() < LEAST_BITS) {
            throw doubt("has no RSA key of " + LEAST_BITS + " bits or more");
        }
        if (leaf.getBasicConstraints() >= 0) {
            throw doubt("is that of an authority");
        }
        boolean[] usage = leaf.getKeyUsage();
        if (usage != null && !usage[0]) {
            throw doubt("is not meant for signatures");
        }
    }

    /** In practice the name is that of the service without the region. */
    private static void requireName(X509Certificate leaf, TopicArn topic) throws DoubtException {
        Set<String> expected = Set.of(topic.host(), "sns." + topic.domain());
        Collection<String> names = names(leaf);
        if (names.stream().noneMatch(expected::contains)) {
            throw doubt("is not in the name of " + topic.host());
        }
    }

    private static List<String> names(X509Certificate leaf) throws DoubtException {
        try {
            return Optional.ofNullable(leaf.getSubjectAlternativeNames()).stream()
                    .flatMap(Collection::stream)
                    .filter(name -> Integer.valueOf(DNS_NAME).equals(name.getFirst()))
                    .map(name -> String.valueOf(name.get(1)))
                    .toList();
        } catch (CertificateException e) {
            throw doubt("has names that cannot be read: " + e.getMessage());
        }
    }

    private static DoubtException doubt(String what) {
        return new DoubtException(Doubt.CERTIFICATE, "the signing certificate " + what);
    }
}
