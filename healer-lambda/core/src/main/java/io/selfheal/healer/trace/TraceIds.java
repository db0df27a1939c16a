package io.selfheal.healer.trace;

import io.selfheal.healer.incident.IncidentId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The ids of an incident's trace, derived from the incident's own: nothing has to be kept for a verification minutes later, after
 * a restart or by another healer, to join it. Evenly spread, as samplers that go by the id expect.
 */
public final class TraceIds {
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;

    private TraceIds() {}

    /** 32 hexadecimal digits. */
    public static String trace(IncidentId incident) {
        return hash("selfheal/trace/" + incident.value(), TRACE_BYTES);
    }

    /** Of the span that stands for the incident as a whole: 16 hexadecimal digits. */
    public static String root(IncidentId incident) {
        return span(incident, "incident");
    }

    static String span(IncidentId incident, String part) {
        return hash("selfheal/span/" + incident.value() + "/" + part, SPAN_BYTES);
    }

    private static String hash(String text, int bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
