package io.selfheal.healer.sns;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority of our own, and certificates of it: right ones, and wrong in one way each. */
public final class TestAuthority {
    public static final Instant NOW = Instant.parse("2026-01-01T00:05:00Z");
    public static final KeyPair ROOT_KEY = rsa(2048);
    public static final KeyPair MIDDLE_KEY = rsa(2048);
    public static final KeyPair SNS_KEY = rsa(2048);
    public static final KeyPair STRANGER_KEY = rsa(2048);

    private static final String ROOT_NAME = "CN=Test Root";
    private static final String MIDDLE_NAME = "CN=Test Middle";
    public static final X509Certificate ROOT = root().build();
    public static final X509Certificate MIDDLE = middle().build();
    public static final Set<TrustAnchor> ANCHORS = Set.of(new TrustAnchor(ROOT, null));

    private TestAuthority() {}

    public static Draft root() {
        return new Draft()
                .subject(ROOT_NAME, ROOT_KEY)
                .issuer(ROOT_NAME, ROOT_KEY)
                .names()
                .authority(3);
    }

    public static Draft middle() {
        return new Draft()
                .subject(MIDDLE_NAME, MIDDLE_KEY)
                .issuer(ROOT_NAME, ROOT_KEY)
                .names()
                .authority(0);
    }

    /** What SNS signs with. */
    public static Draft sns() {
        return new Draft().subject("CN=sns.amazonaws.com", SNS_KEY).issuer(MIDDLE_NAME, MIDDLE_KEY);
    }

    public static byte[] file(X509Certificate... certificates) {
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            try {
                pem.append("-----BEGIN CERTIFICATE-----\n")
                        .append(Base64.getMimeEncoder().encodeToString(certificate.getEncoded()))
                        .append("\n-----END CERTIFICATE-----\n");
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }
        return pem.toString().getBytes(StandardCharsets.US_ASCII);
    }

    public static byte[] genuineFile() {
        return file(sns().build(), MIDDLE);
    }

    public static KeyPair rsa(int bits) {
        return keys("RSA", bits);
    }

    public static KeyPair keys(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** One certificate to be. */
    public static final class Draft {
        private String subject = "";
        private KeyPair key = SNS_KEY;
        private String issuer = "";
        private KeyPair issuerKey = ROOT_KEY;
        private String algorithm = "SHA256withRSA";
        private Instant from = NOW.minus(Duration.ofDays(100));
        private Instant to = NOW.plus(Duration.ofDays(100));
        private List<String> names = List.of("sns.amazonaws.com");
        private int pathLength = -1;
        private int usage = -1;
        private boolean odd;
        private String onlyBelow = "";

        public Draft subject(String name, KeyPair its) {
            subject = name;
            key = its;
            return this;
        }

        public Draft issuer(String name, KeyPair its) {
            issuer = name;
            issuerKey = its;
            return this;
        }

        public Draft issuedBy(KeyPair its) {
            issuerKey = its;
            return this;
        }

        public Draft algorithm(String name) {
            algorithm = name;
            return this;
        }

        public Draft good(Instant since, Instant until) {
            from = since;
            to = until;
            return this;
        }

        public Draft names(String... dnsNames) {
            names = List.of(dnsNames);
            return this;
        }

        public Draft authority(int below) {
            pathLength = below;
            return this;
        }

        public Draft usage(int bits) {
            usage = bits;
            return this;
        }

        public Draft withACriticalExtensionThatNobodyKnows() {
            odd = true;
            return this;
        }

        public Draft onlyForNamesBelow(String domain) {
            onlyBelow = domain;
            return this;
        }

        public X509Certificate build() {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Principal(issuer),
                    BigInteger.valueOf(System.identityHashCode(this) + 1L),
                    Date.from(from),
                    Date.from(to),
                    new X500Principal(subject),
                    key.getPublic());
            try {
                extend(builder);
                return new JcaX509CertificateConverter()
                        .getCertificate(
                                builder.build(new JcaContentSignerBuilder(algorithm).build(issuerKey.getPrivate())));
            } catch (IOException | GeneralSecurityException | OperatorException e) {
                throw new AssertionError(e);
            }
        }

        private void extend(JcaX509v3CertificateBuilder builder) throws IOException {
            if (!names.isEmpty()) {
                GeneralName[] all = names.stream()
                        .map(name -> new GeneralName(GeneralName.dNSName, name))
                        .toArray(GeneralName[]::new);
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(all));
            }
            if (pathLength >= 0) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(pathLength));
            }
            if (usage >= 0) {
                builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            }
            if (odd) {
                builder.addExtension(
                        new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"), true, new DEROctetString(new byte[] {1}));
            }
            if (!onlyBelow.isEmpty()) {
                GeneralSubtree below = new GeneralSubtree(new GeneralName(GeneralName.dNSName, onlyBelow));
                builder.addExtension(
                        Extension.nameConstraints, true, new NameConstraints(new GeneralSubtree[] {below}, null));
            }
        }
    }
}
