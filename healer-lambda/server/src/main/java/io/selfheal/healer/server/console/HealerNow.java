package io.selfheal.healer.server.console;

import io.selfheal.healer.engine.Approvals;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.server.config.HealerConfiguration;
import io.selfheal.healer.server.console.NowView.Healer;
import io.selfheal.healer.server.console.NowView.Links;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What does not change while the healer runs. */
@Singleton
final class HealerNow {

    private final Healer view;

    HealerNow(
            HealerConfiguration configuration,
            HealerConfiguration.Probe probe,
            HealerConfiguration.Links links,
            Policies policies,
            Approvals approvals,
            Clock clock) {
        view = new Healer(
                configuration.cluster(),
                policies.label(),
                configuration.store(),
                configuration.fleet(),
                clock.instant(),
                probe.enabled(),
                approvals.possible() && !configuration.operatorToken().isEmpty(),
                new Links(links.trace(), links.logs(), links.metrics()));
    }

    Healer view() {
        return view;
    }
}
