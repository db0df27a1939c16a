package io.selfheal.healer.sns;

import static io.selfheal.healer.sns.Forgery.ofFile;
import static io.selfheal.healer.sns.TestAuthority.MIDDLE;
import static io.selfheal.healer.sns.TestAuthority.NOW;
import static io.selfheal.healer.sns.TestAuthority.ROOT;
import static io.selfheal.healer.sns.TestAuthority.file;
import static io.selfheal.healer.sns.TestAuthority.middle;
import static io.selfheal.healer.sns.TestAuthority.sns;

import io.selfheal.healer.sns.TestAuthority.Draft;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyUsage;

/** A message that is signed as it should be, by the key of a certificate that is not good for it. */
final class ForgedCertificates {
    private static final Duration DAY = Duration.ofDays(1);

    private ForgedCertificates() {}

    static List<Forgery> all() {
        List<Forgery> all = new ArrayList<>();
        all.addAll(ofTheWrongAuthority());
        all.addAll(ofTheWrongTime());
        all.addAll(ofTheWrongName());
        all.addAll(ofTheWrongKind());
        all.addAll(oddFiles());
        return all;
    }

    private static List<Forgery> ofTheWrongAuthority() {
        Draft stranger = new Draft().subject("CN=Stranger", TestAuthority.STRANGER_KEY);
        X509Certificate strangers = stranger.issuer("CN=Stranger", TestAuthority.STRANGER_KEY)
                .names()
                .authority(1)
                .build();
        X509Certificate namesake = middle().subject("CN=Test Middle", TestAuthority.STRANGER_KEY)
                .issuer("CN=Test Root", TestAuthority.STRANGER_KEY)
                .build();
        Draft ofNamesake = sns().issuedBy(TestAuthority.STRANGER_KEY);
        X509Certificate leafIssuer = middle().subject("CN=Test Middle", TestAuthority.STRANGER_KEY)
                .authority(-1)
                .build();
        X509Certificate deep = new Draft()
                .subject("CN=Too Deep", TestAuthority.STRANGER_KEY)
                .issuer("CN=Test Middle", TestAuthority.MIDDLE_KEY)
                .names()
                .authority(0)
                .build();
        return List.of(
                ofFile(
                        "signed by itself",
                        file(sns().issuer("CN=sns.amazonaws.com", TestAuthority.SNS_KEY)
                                .build())),
                ofFile(
                        "of a stranger",
                        file(
                                sns().issuer("CN=Stranger", TestAuthority.STRANGER_KEY)
                                        .build(),
                                strangers)),
                ofFile("of a namesake of the authority", file(ofNamesake.build(), namesake)),
                ofFile("of a namesake, with the real one beside it", file(ofNamesake.build(), namesake, MIDDLE)),
                ofFile("said to be of the authority, signed by a stranger", file(ofNamesake.build(), MIDDLE)),
                ofFile("of one that is no authority", file(ofNamesake.build(), leafIssuer)),
                ofFile(
                        "below an authority that may have none below",
                        file(
                                sns().issuer("CN=Too Deep", TestAuthority.STRANGER_KEY)
                                        .build(),
                                deep,
                                MIDDLE)),
                ofFile("of an authority that is not in the file", file(sns().build())),
                ofFile(
                        "of an authority for other names only",
                        file(
                                sns().build(),
                                middle().onlyForNamesBelow("example.org").build())),
                ofFile(
                        "of an authority that may not sign certificates",
                        file(
                                sns().build(),
                                middle().usage(KeyUsage.digitalSignature).build())));
    }

    private static List<Forgery> ofTheWrongTime() {
        return List.of(
                ofFile(
                        "that ended a second ago",
                        file(sns().good(NOW.minus(DAY), NOW.minusSeconds(1)).build(), MIDDLE)),
                ofFile(
                        "that ended long ago",
                        file(
                                sns().good(NOW.minus(DAY.multipliedBy(900)), NOW.minus(DAY))
                                        .build(),
                                MIDDLE)),
                ofFile(
                        "that is not good yet",
                        file(sns().good(NOW.plusSeconds(1), NOW.plus(DAY)).build(), MIDDLE)),
                ofFile(
                        "of an authority that ended",
                        file(
                                sns().build(),
                                middle().good(NOW.minus(DAY), NOW.minusSeconds(1))
                                        .build())),
                ofFile(
                        "of an authority that is not good yet",
                        file(
                                sns().build(),
                                middle().good(NOW.plusSeconds(1), NOW.plus(DAY)).build())));
    }

    private static List<Forgery> ofTheWrongName() {
        List<Forgery> all = new ArrayList<>();
        for (String name : List.of(
                "evil.example",
                "amazonaws.com",
                "s3.amazonaws.com",
                "sns.eu-west-2.amazonaws.com",
                "sns.amazonaws.com.cn",
                "sns.amazonaws.com.evil.example",
                "evil.sns.amazonaws.com",
                "*.amazonaws.com",
                "*.eu-west-1.amazonaws.com",
                "sns.amazonaws.com.",
                "sqs.eu-west-1.amazonaws.com")) {
            all.add(ofFile("in the name of " + name, file(sns().names(name).build(), MIDDLE)));
        }
        all.add(ofFile("whose only name is its subject's", file(sns().names().build(), MIDDLE)));
        return all;
    }

    private static List<Forgery> ofTheWrongKind() {
        return List.of(
                ofFile("of an authority", file(sns().authority(0).build(), MIDDLE)),
                ofFile("the authority's own", file(MIDDLE)),
                ofFile("the root's own", file(ROOT)),
                ofFile(
                        "not meant for signatures",
                        file(sns().usage(KeyUsage.keyEncipherment).build(), MIDDLE)),
                ofFile(
                        "with a short key",
                        file(
                                sns().subject("CN=sns.amazonaws.com", TestAuthority.rsa(1024))
                                        .build(),
                                MIDDLE)),
                ofFile(
                        "with a key of a curve",
                        file(
                                sns().subject("CN=sns.amazonaws.com", TestAuthority.keys("EC", 256))
                                        .build(),
                                MIDDLE)),
                ofFile("signed over MD5", file(sns().algorithm("MD5withRSA").build(), MIDDLE)),
                ofFile(
                        "of an authority signed over MD5",
                        file(sns().build(), middle().algorithm("MD5withRSA").build())),
                ofFile(
                        "with a critical extension that nobody knows",
                        file(sns().withACriticalExtensionThatNobodyKnows().build(), MIDDLE)));
    }

    private static List<Forgery> oddFiles() {
        byte[] good = file(sns().build());
        byte[] middle = file(MIDDLE);
        return List.of(
                ofFile("that is no file", new byte[0]),
                ofFile("that is a page", "<html>not found</html>".getBytes(StandardCharsets.UTF_8)),
                ofFile("in binary", encoded()),
                ofFile("that is a key", text("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n")),
                ofFile("that is cut", Arrays.copyOf(good, good.length / 2)),
                ofFile("that holds nothing", text("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n")),
                ofFile("that holds noise", text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")),
                ofFile("with a byte changed", changed(good)),
                ofFile("after its authority's", text(text(middle) + text(good))),
                ofFile("among six", text(text(good) + text(middle).repeat(5))),
                ofFile("in a very long file", text(text(good) + text(middle) + " ".repeat(70_000))));
    }

    private static byte[] encoded() {
        try {
            return sns().build().getEncoded();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Within the signature, which stands at the end. */
    private static byte[] changed(byte[] file) {
        String text = text(file);
        int at = text.indexOf("\n-----END") - 40;
        char other = text.charAt(at) == 'A' ? 'B' : 'A';
        return text(text.substring(0, at) + other + text.substring(at + 1) + text(file(MIDDLE)));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
