package io.selfheal.healer.server.http;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.selfheal.healer.control.Intervention;
import io.selfheal.healer.control.Interventions;
import io.selfheal.healer.fleet.ServiceId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Shows what people told the healer: who, what and why. */
@Controller("/interventions")
@ExecuteOn(TaskExecutors.BLOCKING)
final class InterventionsController {
    private static final int MOST = 1000;

    private final Interventions interventions;

    InterventionsController(Interventions interventions) {
        this.interventions = interventions;
    }

    /**
     * Lists pauses, resumes, re-armings and approvals, the newest first.
     *
     * @param limit at most so many, 1 to 1000
     * @return what people told the healer
     */
    @Get
    Told list(@QueryValue(defaultValue = "50") int limit) {
        if (limit < 1 || limit > MOST) {
            throw RequestRefusedException.badRequest("limit: expected 1 to " + MOST + ", was " + limit);
        }
        return new Told(
                interventions.newest(limit).stream().map(InterventionView::of).toList());
    }

    /** What people told the healer, the newest first. */
    @Serdeable
    record Told(List<InterventionView> interventions) {}

    /**
     * One of it.
     *
     * @param kind pause, resume, rearm or approve
     * @param scope all, or a service
     */
    @Serdeable
    record InterventionView(Instant at, String kind, String scope, String owner, String reason, String detail) {
        static InterventionView of(Intervention told) {
            return new InterventionView(
                    told.at(),
                    told.kind().name().toLowerCase(Locale.ROOT),
                    told.service().map(ServiceId::toString).orElse("all"),
                    told.owner(),
                    told.reason(),
                    told.detail());
        }
    }
}
