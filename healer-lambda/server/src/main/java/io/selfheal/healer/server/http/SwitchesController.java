package io.selfheal.healer.server.http;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.selfheal.healer.control.Intervention;
import io.selfheal.healer.control.Intervention.Kind;
import io.selfheal.healer.control.Pause;
import io.selfheal.healer.control.Switches;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.StoreUnavailableException;
import io.selfheal.healer.server.console.InterventionRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stops the healer from acting, everywhere or on one service, for a stated time and reason; and lets it act again. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class SwitchesController {

    private static final String EVERYWHERE = "all";
    private static final String UNNAMED = "unnamed";
    private static final Duration LONGEST = Duration.ofDays(30);

    private final Switches switches;
    private final ServiceNames names;
    private final InterventionRecord record;
    private final Clock clock;

    SwitchesController(Switches switches, ServiceNames names, InterventionRecord record, Clock clock) {
        this.switches = switches;
        this.names = names;
        this.record = record;
        this.clock = clock;
    }

    /**
     * Stops the healer from acting. Running actions are not cut off. A pause of the same scope is replaced.
     *
     * @param wish where, why, for how long and who says so
     * @return the pause now in force
     */
    @Post("/pause")
    PauseView pause(@Body PauseWish wish) {
        Optional<ServiceId> scope = scope(wish.scope());
        String reason = Wishes.required("reason", wish.reason());
        Duration ttl = ttl(Wishes.required("ttl", wish.ttl()));
        String owner = Wishes.or(UNNAMED, "owner", wish.owner());
        Instant now = clock.instant();
        Pause pause = new Pause(scope, reason, owner, now, now.plus(ttl));
        switches.pause(pause);
        record.add(new Intervention(
                now, Kind.PAUSE, scope, owner, reason, "until " + pause.until().truncatedTo(ChronoUnit.SECONDS)));
        return PauseView.of(pause);
    }

    /**
     * Lets the healer act again.
     *
     * @param wish the scope of the pause that ends, and who says so and why
     * @return whether there was such a pause
     */
    @Post("/resume")
    Resumed resume(@Body ResumeWish wish) {
        Optional<ServiceId> scope = scope(wish.scope());
        String owner = Wishes.or(UNNAMED, "owner", wish.owner());
        String reason = Wishes.or("no reason was given", "reason", wish.reason());
        boolean resumed = switches.resume(scope);
        if (resumed) {
            record.add(
                    new Intervention(clock.instant(), Kind.RESUME, scope, owner, reason, "the healer may act again"));
        }
        return new Resumed(scope.map(ServiceId::toString).orElse(EVERYWHERE), resumed);
    }

    /**
     * Lists the pauses in force.
     *
     * @return the pauses
     */
    @Get("/pauses")
    Pauses pauses() {
        return switch (switches.active(clock.instant())) {
            case Fact.Known<List<Pause>>(List<Pause> pauses, Instant _) ->
                new Pauses(pauses.stream().map(PauseView::of).toList());
            case Fact.Unknown<List<Pause>>(String why) ->
                throw new StoreUnavailableException("pauses", new IllegalStateException(why));
        };
    }

    private Optional<ServiceId> scope(@Nullable String scope) {
        String text = Wishes.required("scope", scope);
        return text.equals(EVERYWHERE) ? Optional.empty() : Optional.of(names.parse(text));
    }

    private static Duration ttl(String text) {
        Duration ttl;
        try {
            ttl = Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw RequestRefusedException.badRequest(
                    "ttl: expected an ISO-8601 duration, for example PT30M, was '" + text + "'");
        }
        if (!ttl.isPositive() || ttl.compareTo(LONGEST) > 0) {
            throw RequestRefusedException.badRequest("ttl: expected more than PT0S and at most P30D, was " + text);
        }
        return ttl;
    }

    /**
     * What a pause needs.
     *
     * @param scope all, or a service: its name or cluster/name
     * @param reason why
     * @param ttl after which time it ends by itself: ISO-8601, at most P30D
     * @param owner who says so
     */
    @Serdeable
    record PauseWish(
            @Nullable String scope,
            @Nullable String reason,
            @Nullable String ttl,
            @Nullable String owner) {}

    /**
     * What a resume needs.
     *
     * @param scope all, or a service: exactly the scope of the pause
     * @param reason why, if that is to be written down
     * @param owner who says so
     */
    @Serdeable
    record ResumeWish(
            @Nullable String scope,
            @Nullable String reason,
            @Nullable String owner) {}

    /** Whether a pause ended. */
    @Serdeable
    record Resumed(String scope, boolean resumed) {}

    /** The pauses in force. */
    @Serdeable
    record Pauses(List<PauseView> pauses) {}

    /** One pause. */
    @Serdeable
    record PauseView(String scope, String reason, String owner, Instant since, Instant until) {
        static PauseView of(Pause pause) {
            return new PauseView(
                    pause.service().map(ServiceId::toString).orElse(EVERYWHERE),
                    pause.reason(),
                    pause.owner(),
                    pause.since(),
                    pause.until());
        }
    }
}
