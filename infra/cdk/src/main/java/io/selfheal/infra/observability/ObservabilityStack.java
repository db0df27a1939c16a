package io.selfheal.infra.observability;

import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.config.Programs;
import io.selfheal.infra.healer.HealerStack;
import io.selfheal.infra.shop.ServicesStack;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** Alarms of the objectives, dashboards, the budget. */
public final class ObservabilityStack extends Stack {
    public ObservabilityStack(
            Construct stage,
            EnvironmentSettings settings,
            ServicesStack services,
            HealerStack healer,
            Programs programs) {
        super(stage, "Observability");
    }
}
