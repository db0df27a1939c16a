package io.selfheal.healer.approval;

import io.selfheal.healer.incident.Asked;
import io.selfheal.healer.incident.IncidentId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Makes links that only who holds the key can make, and tells them from others. */
public final class ApprovalLinks {

    /** Without a key nobody can approve anything: every question ends with a no. */
    public static final ApprovalLinks NONE = new ApprovalLinks("", Optional.empty());

    /** A keyed hash of a text, in characters that a link may hold. The key stays with whoever implements it. */
    @FunctionalInterface
    public interface Signature {
        String of(String text);
    }

    private final String publicUrl;
    private final Optional<Signature> signature;

    private ApprovalLinks(String publicUrl, Optional<Signature> signature) {
        this.publicUrl = publicUrl;
        this.signature = signature;
    }

    /** Links that begin with the URL under which people reach the healer. */
    public static ApprovalLinks to(String publicUrl, Signature signature) {
        String base = publicUrl.endsWith("/") ? publicUrl.substring(0, publicUrl.length() - 1) : publicUrl;
        return new ApprovalLinks(base, Optional.of(signature));
    }

    /** Whether there is a key. */
    public boolean possible() {
        return signature.isPresent();
    }

    /** For a person: how to say yes, or why nobody can. */
    public String howTo(IncidentId incident, Asked asked) {
        return link(incident, asked)
                .map(link -> "approve by " + asked.expiresAt() + " at " + link)
                .orElse("nobody can approve it, since no approval key is configured; denied at " + asked.expiresAt());
    }

    public Optional<String> link(IncidentId incident, Asked asked) {
        Ticket ticket = Ticket.of(incident, asked);
        return signature.map(
                key -> publicUrl + "/approvals/" + ticket.incident().value() + "?attempt="
                        + ticket.attempt() + "&action=" + ticket.action() + "&expires="
                        + ticket.expiresAt().getEpochSecond() + "&signature=" + key.of(ticket.signed()));
    }

    /** In a time that does not depend on where the two differ. */
    public boolean genuine(Ticket ticket, String presented) {
        return signature
                .map(key -> MessageDigest.isEqual(
                        key.of(ticket.signed()).getBytes(StandardCharsets.UTF_8),
                        presented.getBytes(StandardCharsets.UTF_8)))
                .orElse(false);
    }
}
