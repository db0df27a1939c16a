package io.selfheal.healer.lambda.invocation;

import io.selfheal.healer.approval.ApprovalLinks;
import io.selfheal.healer.control.Silences;
import io.selfheal.healer.control.Storms;
import io.selfheal.healer.control.Switches;
import io.selfheal.healer.decide.Rules;
import io.selfheal.healer.evidence.EvidenceSource;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.HealthProbe;
import io.selfheal.healer.incident.IncidentHistory;
import io.selfheal.healer.incident.IncidentStore;
import io.selfheal.healer.policy.Policies;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * What healing needs and what outlives a call. Every part may have been at a standstill for any time between two calls.
 *
 * @param preparing done first in each call, for example reading what only counts while it is fresh; what fails is said
 * @param tickings done in each tick besides looking at what is due, for example asking what was missed
 * @param notices told of what was saved, and given time at the end of a call to be sent
 */
public record Parts(
        InstantSource clock,
        Ids ids,
        Ports ports,
        Policies policies,
        Rules rules,
        Duration factsTimeout,
        ApprovalLinks links,
        List<Preparation> preparing,
        List<Ticking> tickings,
        List<Notices> notices) {

    public Parts {
        preparing = List.copyOf(preparing);
        tickings = List.copyOf(tickings);
        notices = List.copyOf(notices);
    }

    /** The world, as the engine reaches it; several sources of evidence are asked side by side. */
    public record Ports(
            IncidentStore store,
            IncidentHistory history,
            Fleet fleet,
            HealthProbe probe,
            Switches switches,
            Silences silences,
            Storms storms,
            List<EvidenceSource> evidence) {
        public Ports {
            evidence = List.copyOf(evidence);
        }
    }
}
