package io.selfheal.healer.engine;

import io.selfheal.healer.approval.ApprovalLinks;
import io.selfheal.healer.approval.Ticket;
import io.selfheal.healer.incident.Asked;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentArchive;
import io.selfheal.healer.incident.IncidentStore;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.incident.SaveResult;
import io.selfheal.healer.incident.StoreUnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes a person's yes by a signed link. The yes is saved with the incident, on its version: it is said once, it survives
 * restarts, and the next look carries the action out by the same conditional claim as any other. Thread-safe.
 */
public final class Approvals {
    /** Healers look at the incident all the time; each look is over in milliseconds. */
    private static final int ATTEMPTS = 12;

    /** What a link is worth now. */
    public sealed interface Verdict {

        /** It can be said. */
        record Open(Incident incident, Asked asked) implements Verdict {}

        /** It is said. */
        record Approved(Incident incident, Asked asked) implements Verdict {}

        record Refused(Why why, String detail) implements Verdict {}
    }

    public enum Why {
        FORGED,
        UNKNOWN,
        USED,
        LATE,
        CHANGED
    }

    private final IncidentStore store;
    private final IncidentArchive archive;
    private final ApprovalLinks links;
    private final InstantSource clock;
    private final Notifier notifier;

    public Approvals(
            IncidentStore store,
            IncidentArchive archive,
            ApprovalLinks links,
            InstantSource clock,
            HistoryListener listener) {
        this.store = store;
        this.archive = archive;
        this.links = links;
        this.clock = clock;
        this.notifier = new Notifier(listener);
    }

    /** Changes nothing: programs that look at links before people do must not say yes. */
    public Verdict look(Ticket ticket, String signature) {
        if (!links.genuine(ticket, signature)) {
            return new Verdict.Refused(Why.FORGED, "the link was not made by this healer, or was changed");
        }
        return judged(ticket);
    }

    private Verdict judged(Ticket ticket) {
        return archive.find(ticket.incident())
                .map(incident -> judge(ticket, incident))
                .orElseGet(() -> new Verdict.Refused(Why.UNKNOWN, "there is no such incident"));
    }

    /**
     * Says yes.
     *
     * @param from who says so, as far as the shell can tell
     * @throws StoreUnavailableException when it cannot be saved, and then it is not said
     */
    public Verdict approve(Ticket ticket, String signature, String from) {
        return said(ticket, () -> look(ticket, signature), "approved by link, from " + from, "from " + from);
    }

    private Verdict said(Ticket ticket, Supplier<Verdict> worth, String yes, String from) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Verdict verdict = worth.get();
            Optional<Verdict> saved =
                    switch (verdict) {
                        case Verdict.Open(Incident incident, Asked asked) -> granted(incident, asked, yes);
                        case Verdict.Approved _ -> Optional.of(verdict);
                        case Verdict.Refused refused -> recorded(ticket, refused, from);
                    };
            if (saved.isPresent()) {
                return saved.get();
            }
        }
        throw new StoreUnavailableException(
                "approve", new IllegalStateException(ticket.incident() + " changes all the time"));
    }

    /** A person that another proof than a link lets in, who says who they are and why. */
    public record Person(String owner, String reason) {
        public Person {
            if (owner.isBlank() || reason.isBlank()) {
                throw new IllegalArgumentException("owner and reason: must say who and why, one was blank");
            }
        }
    }

    /** Whether people may approve at all: without a key every question ends with a no. */
    public boolean possible() {
        return links.possible();
    }

    /**
     * Says yes without a link. Whoever calls this has made sure that the person may.
     *
     * @throws StoreUnavailableException when it cannot be saved, and then it is not said
     */
    public Verdict approve(Ticket ticket, Person person) {
        return said(
                ticket,
                () -> judged(ticket),
                "approved by " + person.owner() + ": " + person.reason(),
                "by " + person.owner());
    }

    private Verdict judge(Ticket ticket, Incident incident) {
        Instant now = clock.instant();
        if (incident.state().over()) {
            return new Verdict.Refused(Why.LATE, "the incident is over");
        }
        if (ticket.attempt() <= incident.attempts()) {
            return new Verdict.Refused(Why.USED, "attempt " + ticket.attempt() + " was made already");
        }
        if (!now.isBefore(ticket.expiresAt())) {
            return new Verdict.Refused(Why.LATE, "it could be approved until " + ticket.expiresAt());
        }
        Optional<Asked> asked = incident.asked().filter(ticket::answers);
        if (asked.isEmpty()) {
            return new Verdict.Refused(Why.CHANGED, "this is no longer what is proposed");
        }
        return asked.get().grantedAt().isPresent()
                ? new Verdict.Refused(
                        Why.USED,
                        "it was approved at " + asked.get().grantedAt().get() + " already")
                : new Verdict.Open(incident, asked.get());
    }

    /** Empty: the incident changed meanwhile. */
    private Optional<Verdict> granted(Incident incident, Asked asked, String words) {
        Instant now = clock.instant();
        Asked yes = asked.granted(now);
        Incident next = incident.edit()
                .asked(Optional.of(yes))
                .updatedAt(now)
                .dueAt(now)
                .done();
        HistoryEntry entry = entry(incident, now, Reason.APPROVED, words, yes);
        return saved(next, entry).map(after -> new Verdict.Approved(after, yes));
    }

    /** What only a holder of a link can cause is worth a line in the incident; what is over or forged is for the log. */
    private Optional<Verdict> recorded(Ticket ticket, Verdict.Refused refused, String from) {
        Optional<Incident> incident = refused.why() == Why.FORGED
                ? Optional.empty()
                : archive.find(ticket.incident()).filter(found -> !found.state().over());
        if (incident.isEmpty()) {
            return Optional.of(refused);
        }
        Instant now = clock.instant();
        HistoryEntry entry = new HistoryEntry(
                ticket.incident(),
                incident.get().service(),
                now,
                HistoryEntry.Event.APPROVE,
                Reason.APPROVAL_REFUSED,
                refused.why() + ": " + refused.detail() + ", " + from,
                Optional.empty(),
                "");
        return saved(incident.get(), entry).map(_ -> refused);
    }

    private static HistoryEntry entry(Incident incident, Instant now, Reason reason, String detail, Asked asked) {
        return new HistoryEntry(
                incident.id(),
                incident.service(),
                now,
                HistoryEntry.Event.APPROVE,
                reason,
                detail,
                Optional.of(asked.action()),
                "");
    }

    private Optional<Incident> saved(Incident next, HistoryEntry entry) {
        return switch (store.save(new Change(next, List.of(entry), Optional.empty()))) {
            case SaveResult.Saved(Incident after) -> {
                notifier.history(after, List.of(entry));
                yield Optional.of(after);
            }
            case SaveResult.Conflict _ -> Optional.empty();
        };
    }
}
