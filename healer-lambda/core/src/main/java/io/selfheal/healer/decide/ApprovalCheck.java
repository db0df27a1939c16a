package io.selfheal.healer.decide;

import io.selfheal.healer.incident.Asked;
import io.selfheal.healer.incident.Reason;
import java.time.Instant;
import java.util.Optional;

/** The guardrail that asks a person. No answer in time is a no. */
final class ApprovalCheck {

    private ApprovalCheck() {}

    static Optional<Refusal> approved(Proposal proposal, Instant now) {
        boolean needed = proposal.policy().approval().stream()
                .anyMatch(rung -> rung.word().equals(proposal.action().kind().word()));
        if (!needed || proposal.action().reverts()) {
            return Optional.empty();
        }
        Optional<Asked> asked = asked(proposal);
        if (asked.isEmpty()) {
            return Refusal.because(
                    Reason.APPROVAL_REQUIRED,
                    Refusal.soon(now),
                    proposal.action().kind().word() + " needs a person's yes");
        }
        Asked question = asked.get();
        if (!now.isBefore(question.expiresAt())) {
            return Refusal.because(
                    Reason.NOT_APPROVED,
                    Refusal.soon(now),
                    question.grantedAt().isPresent()
                            ? "the yes came, and could not be used before " + question.expiresAt()
                            : "nobody said yes by " + question.expiresAt());
        }
        return question.grantedAt().isPresent()
                ? Optional.empty()
                : Refusal.because(
                        Reason.APPROVAL_REQUIRED,
                        Refusal.soon(now),
                        "asked at " + question.at() + ", waiting for a yes until " + question.expiresAt());
    }

    /** Whether this very action, as this attempt, was asked for already. */
    static Optional<Asked> asked(Proposal proposal) {
        return proposal.diagnosis().incident().asked().filter(one -> one.isFor(proposal.action(), proposal.attempt()));
    }
}
