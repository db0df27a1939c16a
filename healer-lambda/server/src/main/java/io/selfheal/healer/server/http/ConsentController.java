package io.selfheal.healer.server.http;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.selfheal.healer.approval.Ticket;
import io.selfheal.healer.control.Intervention;
import io.selfheal.healer.engine.Approvals;
import io.selfheal.healer.engine.Approvals.Person;
import io.selfheal.healer.engine.Approvals.Verdict;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.server.console.InterventionRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes a person's yes from the console, where the token lets in and not a link's signature. */
@Controller("/incidents")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ConsentController {

    private final Approvals approvals;
    private final InterventionRecord record;
    private final Clock clock;
    private final Tokens tokens;

    ConsentController(Approvals approvals, InterventionRecord record, Clock clock, Tokens tokens) {
        this.approvals = approvals;
        this.tokens = tokens;
        this.record = record;
        this.clock = clock;
    }

    /**
     * Approves the action that the healer asks for, once. What is approved is exactly the question that was seen: if the healer
     * asks for something else by now, the answer is 409.
     *
     * @param id the incident
     * @param wish the question, and who approves it and why
     * @return what is approved
     */
    @Post("/{id}/approval")
    HttpResponse<Consent> approve(@PathVariable String id, @Body ConsentWish wish) {
        Person person = new Person(Wishes.required("owner", wish.owner()), Wishes.required("reason", wish.reason()));
        Ticket ticket = ticket(id, wish);
        if (!approvals.possible()) {
            throw RequestRefusedException.unprocessable(
                    "nobody can approve anything here: HEALER_APPROVAL_KEY is not set");
        }
        if (!tokens.tellOperatorsApart()) {
            // With one token for all, whatever sends alerts could say yes to what it caused.
            throw RequestRefusedException.unprocessable(
                    "nothing is approved here: HEALER_OPERATOR_TOKEN is not set, and"
                            + " HEALER_TOKEN is monitoring's, too. The link in the notice approves");
        }
        return switch (approvals.approve(ticket, person)) {
            case Verdict.Approved approved -> {
                String action = approved.asked().action().kind().word();
                record.add(new Intervention(
                        clock.instant(),
                        Intervention.Kind.APPROVE,
                        Optional.of(approved.incident().service()),
                        person.owner(),
                        person.reason(),
                        action + " as attempt " + ticket.attempt() + " of incident " + id));
                yield HttpResponse.ok(new Consent(id, action, ticket.attempt()));
            }
            case Verdict.Refused refused -> throw refusal(refused);
            case Verdict.Open _ -> throw new IllegalStateException("said, and still open");
        };
    }

    private static RequestRefusedException refusal(Verdict.Refused refused) {
        String why = refused.why() + ": " + refused.detail();
        return switch (refused.why()) {
            case FORGED -> RequestRefusedException.forbidden(why);
            case UNKNOWN -> RequestRefusedException.notFound(why);
            case USED, CHANGED, LATE -> RequestRefusedException.busy(why);
        };
    }

    private static Ticket ticket(String id, ConsentWish wish) {
        String question = Wishes.required("question", wish.question());
        if (!question.matches("[0-9a-f]{1,64}") || !id.matches("[A-Za-z0-9-]{1,64}")) {
            throw RequestRefusedException.badRequest("question: expected that of the incident, as GET /now shows it");
        }
        if (wish.attempt() == null || wish.expiresAt() == null) {
            throw RequestRefusedException.badRequest("attempt and expiresAt: must be those of the question");
        }
        return new Ticket(new IncidentId(id), wish.attempt(), question, wish.expiresAt());
    }

    /**
     * What an approval needs.
     *
     * @param question the question's, as {@code GET /now} shows it
     * @param attempt the question's
     * @param expiresAt the question's
     * @param owner who approves
     * @param reason why
     */
    @Serdeable
    record ConsentWish(
            @Nullable String question,
            @Nullable Integer attempt,
            @Nullable Instant expiresAt,
            @Nullable String owner,
            @Nullable String reason) {}

    /** What was approved. */
    @Serdeable
    record Consent(String incident, String action, int attempt) {}
}
