package io.selfheal.healer.chain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The chain of one incident's entries and what ties it to the service's incident before it. SHA-256 over fields that carry
 * their lengths, so that no two different inputs are the same bytes. What is hashed is the text as it is stored: a newer healer
 * that writes entries differently still verifies what an older one wrote. Pure.
 */
public final class HistoryChain {
    private static final String VERSION = "selfheal/history/1/";

    private HistoryChain() {}

    /**
     * The head of a chain without entries.
     *
     * @param service cluster/service
     * @param ordinal the number of the incident among those of its service, from 1
     * @param previousSeal the seal of the service's incident before it; blank for the first
     */
    public static ChainHead begin(String service, long ordinal, String incident, String previousSeal) {
        return new ChainHead(0, hash("begin", service, Long.toString(ordinal), incident, previousSeal));
    }

    /** The head after one more entry. */
    public static ChainHead append(ChainHead head, String entry) {
        long position = head.length() + 1;
        return new ChainHead(position, hash("entry", head.hash(), Long.toString(position), entry));
    }

    /** Of an incident's document, which carries its chain's head: stands for all that is known of the incident. */
    public static String seal(String document) {
        return hash("incident", document);
    }

    /** One value for many, for example for the heads of all services. */
    public static String digest(Iterable<String> parts) {
        MessageDigest sha256 = sha256("digest");
        parts.forEach(part -> add(sha256, part));
        return hex(sha256);
    }

    private static String hash(String kind, String... fields) {
        MessageDigest sha256 = sha256(kind);
        for (String field : fields) {
            add(sha256, field);
        }
        return hex(sha256);
    }

    private static MessageDigest sha256(String kind) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            add(sha256, VERSION + kind);
            return sha256;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void add(MessageDigest sha256, String field) {
        byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        sha256.update(bytes);
    }

    private static String hex(MessageDigest sha256) {
        return HexFormat.of().formatHex(sha256.digest());
    }
}
