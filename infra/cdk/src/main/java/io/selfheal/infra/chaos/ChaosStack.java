package io.selfheal.infra.chaos;

import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.config.Programs;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** Experiments of AWS FIS. */
public final class ChaosStack extends Stack {
    public ChaosStack(Construct stage, EnvironmentSettings settings, Programs programs) {
        super(stage, "Chaos");
    }
}
