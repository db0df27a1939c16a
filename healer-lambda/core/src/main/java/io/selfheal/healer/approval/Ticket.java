package io.selfheal.healer.approval;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.incident.Asked;
import io.selfheal.healer.incident.IncidentCodec;
import io.selfheal.healer.incident.IncidentId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * What a link says: which action of which incident is approved, as which attempt, and until when that can be said.
 *
 * @param action the first 32 hex digits of the SHA-256 of the action as stores keep it
 */
public record Ticket(IncidentId incident, int attempt, String action, Instant expiresAt) {

    /** That of a question. */
    public static Ticket of(IncidentId incident, Asked asked) {
        return new Ticket(incident, asked.attempt(), digest(asked.action()), asked.expiresAt());
    }

    /** Whether it is this question that the link answers. */
    public boolean answers(Asked asked) {
        return attempt == asked.attempt()
                && action.equals(digest(asked.action()))
                && expiresAt.equals(asked.expiresAt());
    }

    /** What is signed. No field may hold a line's end, or two tickets could read the same. */
    String signed() {
        String text = String.join(
                "\n",
                "selfheal approval 1",
                incident.value(),
                Integer.toString(attempt),
                action,
                Long.toString(expiresAt.getEpochSecond()));
        if (text.lines().count() != 5) {
            throw new IllegalArgumentException("a ticket's fields hold no line breaks");
        }
        return text;
    }

    private static String digest(Action action) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256")
                    .digest(IncidentCodec.write(action).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
