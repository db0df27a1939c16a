package io.selfheal.healer.server.http;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.selfheal.healer.control.Intervention;
import io.selfheal.healer.control.StormLatch;
import io.selfheal.healer.control.StormLatch.Rearming;
import io.selfheal.healer.control.Storms;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.incident.StoreUnavailableException;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.policy.StormBreaker;
import io.selfheal.healer.server.console.InterventionRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows the storm that waits for a person, and lets that person end it. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class StormController {

    private final Storms storms;
    private final StormBreaker breaker;
    private final InterventionRecord record;
    private final Clock clock;

    StormController(Storms storms, Policies policies, InterventionRecord record, Clock clock) {
        this.storms = storms;
        this.record = record;
        this.breaker = policies.storm();
        this.clock = clock;
    }

    /**
     * Ends the storm that stands, so that the healer acts again. What fell ill before counts for no other storm.
     *
     * @param wish who looked, and why it may go on
     * @return whether a storm stood
     */
    @Post("/rearm")
    Rearmed rearm(@Body RearmWish wish) {
        String reason = Wishes.required("reason", wish.reason());
        String owner = Wishes.required("owner", wish.owner());
        if (breaker.rearm() == StormBreaker.Rearm.AUTO) {
            throw RequestRefusedException.unprocessable(
                    "storms end by themselves here: the policy file does not say storm: {rearm: human}");
        }
        Instant now = clock.instant();
        boolean stood = storms.rearm(new Rearming(now, reason, owner));
        if (stood) {
            record.add(new Intervention(
                    now, Intervention.Kind.REARM, Optional.empty(), owner, reason, "the storm was ended"));
        }
        return new Rearmed(stood);
    }

    /**
     * Shows whether a storm stands that a person has to end, and how the last one was ended.
     *
     * @return the storm
     */
    @Get("/storm")
    StormState storm() {
        return switch (storms.latch(clock.instant())) {
            case Fact.Known<StormLatch>(StormLatch latch, Instant _) ->
                new StormState(
                        breaker.rearm().name().toLowerCase(Locale.ROOT),
                        latch.standing()
                                .map(storm -> new Standing(storm.since(), storm.what()))
                                .orElse(null),
                        latch.rearmed()
                                .map(last -> new Last(last.at(), last.reason(), last.owner()))
                                .orElse(null));
            case Fact.Unknown<StormLatch>(String why) ->
                throw new StoreUnavailableException("storm", new IllegalStateException(why));
        };
    }

    /**
     * What re-arming needs.
     *
     * @param reason why it is safe to go on
     * @param owner who says so
     */
    @Serdeable
    record RearmWish(@Nullable String reason, @Nullable String owner) {}

    /** Whether a storm stood. */
    @Serdeable
    record Rearmed(boolean rearmed) {}

    /**
     * The storm breaker now.
     *
     * @param rearm what ends a storm: auto or human
     * @param standing the storm that waits for a person, if there is one
     * @param last how the last one was ended, while none stands
     */
    @Serdeable
    record StormState(
            String rearm,
            @Nullable Standing standing,
            @Nullable Last last) {}

    /** A storm that stands. */
    @Serdeable
    record Standing(Instant since, String what) {}

    /** How a storm was ended. */
    @Serdeable
    record Last(Instant at, String reason, String owner) {}
}
