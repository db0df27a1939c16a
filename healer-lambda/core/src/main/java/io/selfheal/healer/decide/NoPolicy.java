package io.selfheal.healer.decide;

import io.selfheal.healer.policy.HealthyFloor;
import io.selfheal.healer.policy.Means;
import io.selfheal.healer.policy.Policy;
import io.selfheal.healer.policy.Rung;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Stands in when the policies changed and none is left for an incident: heals nothing, lets what we did be undone. */
final class NoPolicy {

    static final Policy POLICY = new Policy(
            "none",
            List.of(),
            List.of(Rung.ESCALATE),
            Policy.Mode.SHADOW,
            Policy.Confirm.PROBE,
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            List.of(),
            new HealthyFloor.Percent(100),
            new Policy.Strikes(1, Duration.ofHours(1), Duration.ofHours(1)),
            new Policy.Verification(Duration.ofSeconds(30), Duration.ofMinutes(5)),
            Duration.ofMinutes(1),
            Set.of(),
            Duration.ofMinutes(15),
            Optional.empty(),
            Means.DEFAULT,
            Set.of());

    private NoPolicy() {}
}
