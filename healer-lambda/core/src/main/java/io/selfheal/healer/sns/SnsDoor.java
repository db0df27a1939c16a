package io.selfheal.healer.sns;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.json.JsonTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets in what SNS sends over HTTPS. Everything that can be checked without asking anybody is checked first; then the one
 * certificate is fetched, from the one host that speaks for the topic; and only what is signed is acted upon. Thread-safe.
 *
 * <p>A retry of SNS keeps its message id and its time and is let in again: what it tells is known by then and leaves no trace.
 */
public final class SnsDoor {
    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxStringLength(1024 * 1024)
                    .maxNameLength(1024)
                    .maxNumberLength(100)
                    .maxTokenCount(10_000)
                    .build())
            // Two readers of one text must not see two messages in it.
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private final SnsTrust trust;
    private final SigningChain chain;
    private final SigningCertificates certificates;
    private final Confirmations confirmations;
    private final InstantSource clock;

    public SnsDoor(SnsTrust trust, SigningCertificates certificates, Confirmations confirmations, InstantSource clock) {
        this.trust = trust;
        this.chain = new SigningChain(trust.anchors());
        this.certificates = certificates;
        this.confirmations = confirmations;
        this.clock = clock;
    }

    /** Any bytes are safe to pass. */
    public Admission admit(byte[] body) {
        try {
            SnsMessage message = SnsMessage.read(parsed(body));
            requireTopic(message);
            URI certificate = Addresses.certificate(message.topic(), message.field("SigningCertURL"));
            String algorithm = algorithm(message);
            return switch (message.type()) {
                case NOTIFICATION -> notification(message, certificate, algorithm);
                case SUBSCRIBE -> confirmation(message, certificate, algorithm);
                case UNSUBSCRIBE -> farewell(message, certificate, algorithm);
            };
        } catch (DoubtException e) {
            return e.refusal();
        } catch (IOException e) {
            return new Admission.Unavailable("SNS cannot be asked: " + e.getMessage());
        }
    }

    private JsonNode parsed(byte[] body) throws DoubtException {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            try (JsonParser parser = json.createParser(text.array(), text.position(), text.length())) {
                JsonNode message = JsonTrees.read(parser);
                if (!message.isObject() || parser.nextToken() != null) {
                    throw new DoubtException(Doubt.FORM, "expected one JSON object and nothing after it");
                }
                return message;
            }
        } catch (CharacterCodingException e) {
            throw new DoubtException(Doubt.FORM, "the body is not UTF-8");
        } catch (JsonProcessingException e) {
            throw new DoubtException(Doubt.FORM, "the body is not acceptable JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
    }

    private void requireTopic(SnsMessage message) throws DoubtException {
        if (!trust.topics().contains(message.topic().text())) {
            throw new DoubtException(Doubt.TOPIC, "TopicArn: this topic is not on the list (HEALER_SNS_TOPICS)");
        }
    }

    private String algorithm(SnsMessage message) throws DoubtException {
        if (message.field("SignatureVersion").equals("2")) {
            return "SHA256withRSA";
        }
        if (trust.versionOne()) {
            return "SHA1withRSA";
        }
        throw new DoubtException(
                Doubt.SIGNATURE,
                "SignatureVersion 1 signs over SHA-1: set the topic's attribute SignatureVersion to 2");
    }

    private Admission notification(SnsMessage message, URI certificate, String algorithm)
            throws DoubtException, IOException {
        requireSigned(message, certificate, algorithm);
        requireWithin(SnsTrust.WINDOW, message);
        return new Admission.Notification(
                message.field("MessageId"),
                message.topic().text(),
                message.field("Message"),
                attributes(message.json().path("MessageAttributes")));
    }

    private static Map<String, String> attributes(JsonNode json) {
        Map<String, String> attributes = new HashMap<>();
        for (Map.Entry<String, JsonNode> attribute : json.properties()) {
            attributes.put(
                    attribute.getKey(), attribute.getValue().path("Value").asText(""));
        }
        return attributes;
    }

    private Admission confirmation(SnsMessage message, URI certificate, String algorithm)
            throws DoubtException, IOException {
        URI confirm = Addresses.confirmation(message.topic(), message.field("Token"), message.field("SubscribeURL"));
        requireSigned(message, certificate, algorithm);
        requireWithin(SnsTrust.TOKEN_GOOD_FOR, message);
        confirmations.confirm(confirm);
        return new Admission.Confirmed(message.topic().text());
    }

    private Admission farewell(SnsMessage message, URI certificate, String algorithm)
            throws DoubtException, IOException {
        requireSigned(message, certificate, algorithm);
        requireWithin(SnsTrust.TOKEN_GOOD_FOR, message);
        return new Admission.Unsubscribed(message.topic().text(), message.field("MessageId"));
    }

    private void requireSigned(SnsMessage message, URI address, String algorithm) throws DoubtException, IOException {
        X509Certificate signer = chain.verified(certificates.fetch(address), message.topic(), clock.instant());
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initVerify(signer.getPublicKey());
            signature.update(message.signedText());
            if (signature.verify(message.signature())) {
                return;
            }
        } catch (GeneralSecurityException e) {
            throw new DoubtException(Doubt.SIGNATURE, "Signature: cannot be checked: " + e.getMessage());
        }
        throw new DoubtException(Doubt.SIGNATURE, "Signature: is not that of this message");
    }

    private void requireWithin(Duration window, SnsMessage message) throws DoubtException {
        Instant now = clock.instant();
        if (message.at().isBefore(now.minus(window)) || message.at().isAfter(now.plus(SnsTrust.WINDOW))) {
            throw new DoubtException(Doubt.TIME, "Timestamp: " + message.at() + " is too far from now, " + now);
        }
    }
}
