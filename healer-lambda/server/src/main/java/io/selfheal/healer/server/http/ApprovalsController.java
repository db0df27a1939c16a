package io.selfheal.healer.server.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.selfheal.healer.approval.Ticket;
import io.selfheal.healer.engine.Approvals;
import io.selfheal.healer.engine.Approvals.Verdict;
import io.selfheal.healer.engine.Approvals.Why;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.server.telemetry.Flood;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the signed links lead: a page that shows what would be done, and a button. The signature is what lets in, so no token
 * is asked for. Looking changes nothing, since chats and mail programs look at links, too.
 */
@Controller("/approvals")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ApprovalsController {

    private static final Logger LOG = LoggerFactory.getLogger(ApprovalsController.class);
    private static final long LATEST = Instant.parse("9999-01-01T00:00:00Z").getEpochSecond();

    private final Approvals approvals;
    private final Flood refusals;

    ApprovalsController(Approvals approvals, Clock clock) {
        this.approvals = approvals;
        this.refusals = new Flood(clock);
    }

    /**
     * Shows what an approval would do. Changes nothing.
     *
     * @param incident which incident
     * @param attempt the number that the action would have
     * @param action which action, hashed
     * @param expires until when, in seconds since 1970
     * @param signature of all of these
     * @return a page with a button, or with the reason why there is none
     */
    @Get("/{incident}")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<String> look(
            @PathVariable String incident,
            @QueryValue int attempt,
            @QueryValue String action,
            @QueryValue long expires,
            @QueryValue String signature) {
        return answer(approvals.look(ticket(incident, attempt, action, expires), signature));
    }

    /**
     * Approves the action, once.
     *
     * @param request tells from where
     * @param incident which incident
     * @param attempt the number that the action would have
     * @param action which action, hashed
     * @param expires until when, in seconds since 1970
     * @param signature of all of these
     * @return a page that says so, or why not
     */
    @Post("/{incident}")
    @Consumes(MediaType.ALL)
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<String> approve(
            HttpRequest<?> request,
            @PathVariable String incident,
            @QueryValue int attempt,
            @QueryValue String action,
            @QueryValue long expires,
            @QueryValue String signature) {
        String from = request.getRemoteAddress().getHostString();
        Verdict verdict = approvals.approve(ticket(incident, attempt, action, expires), signature, from);
        if (verdict instanceof Verdict.Refused(Why why, String detail)) {
            refusals.tell(more -> LOG.atWarn()
                    .addKeyValue("why", why)
                    .log("an approval from {} was refused{}, {}: {}", from, more, why, detail));
        }
        return answer(verdict);
    }

    private static Ticket ticket(String incident, int attempt, String action, long expires) {
        if (expires < 0
                || expires > LATEST
                || !action.matches("[0-9a-f]{1,64}")
                || !incident.matches("[A-Za-z0-9-]{1,64}")) {
            throw RequestRefusedException.badRequest("this is no link of the healer: open it as it was sent");
        }
        return new Ticket(new IncidentId(incident), attempt, action, Instant.ofEpochSecond(expires));
    }

    private static HttpResponse<String> answer(Verdict verdict) {
        HttpStatus status =
                switch (verdict) {
                    case Verdict.Open _, Verdict.Approved _ -> HttpStatus.OK;
                    case Verdict.Refused(Why why, String _) -> status(why);
                };
        return HttpResponse.<String>status(status)
                .body(ApprovalPage.of(verdict))
                .contentType(MediaType.TEXT_HTML_TYPE)
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
                // The address is what approves: it must not be told to anybody else, nor kept.
                .header("Referrer-Policy", "no-referrer")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("X-Content-Type-Options", "nosniff");
    }

    private static HttpStatus status(Why why) {
        return switch (why) {
            case FORGED -> HttpStatus.FORBIDDEN;
            case UNKNOWN -> HttpStatus.NOT_FOUND;
            case USED, CHANGED -> HttpStatus.CONFLICT;
            case LATE -> HttpStatus.GONE;
        };
    }
}
