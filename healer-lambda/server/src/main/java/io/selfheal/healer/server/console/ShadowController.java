package io.selfheal.healer.server.console;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.serde.annotation.Serdeable;
import io.selfheal.healer.incident.HistoryEntry;
import java.time.Instant;
import java.util.List;

/** Shows what policies in shadow would have done. */
@Controller("/shadow")
final class ShadowController {

    private final Changes changes;
    private final HealerNow healer;

    ShadowController(Changes changes, HealerNow healer) {
        this.changes = changes;
        this.healer = healer;
    }

    /**
     * Lists the last hundred decisions of policies in shadow that this healer took since it started. Older ones are in the
     * timelines of their incidents.
     *
     * @return the decisions, the newest first, and since when they were counted
     */
    @Get
    Shadow shadow() {
        return new Shadow(
                healer.view().startedAt(),
                changes.shadow().stream().map(ShadowView::of).toList());
    }

    /** What would have been done. */
    @Serdeable
    record Shadow(Instant since, List<ShadowView> decisions) {}

    /** One decision that was written down and not carried out. */
    @Serdeable
    record ShadowView(Instant at, String incident, String service, String policy, String detail) {
        static ShadowView of(HistoryEntry entry) {
            return new ShadowView(
                    entry.at(), entry.incident().value(), entry.service().toString(), entry.policy(), entry.detail());
        }
    }
}
