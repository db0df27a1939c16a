package io.selfheal.infra;

import io.selfheal.infra.chaos.ChaosStack;
import io.selfheal.infra.chaos.Experiment;
import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.config.Programs;
import io.selfheal.infra.healer.HealerStack;
import io.selfheal.infra.nag.Nag;
import io.selfheal.infra.network.NetworkStack;
import io.selfheal.infra.observability.ObservabilityStack;
import io.selfheal.infra.observability.SloAlarm;
import io.selfheal.infra.shop.ServicesStack;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stage;
import software.amazon.awscdk.StageProps;
import software.amazon.awscdk.Tags;
import software.constructs.Construct;

/** One environment. Tags and cdk-nag are added here, since neither reaches into a stage from the app. */
final class EnvironmentStage extends Stage {
    final NetworkStack network;
    final ServicesStack services;
    final HealerStack healer;
    final ObservabilityStack observability;
    final @Nullable ChaosStack chaos;

    EnvironmentStage(Construct app, EnvironmentSettings settings, Programs programs) {
        super(
                app,
                settings.name(),
                StageProps.builder()
                        .env(Environment.builder()
                                .account(System.getenv("CDK_DEFAULT_ACCOUNT"))
                                .region(settings.region())
                                .build())
                        .build());
        network = new NetworkStack(this, settings);
        services = new ServicesStack(this, settings, network, programs);
        healer = new HealerStack(this, settings, network, services, programs);
        observability = new ObservabilityStack(this, settings, services, healer, SloAlarm.read(programs.sloAlarms()));
        chaos = settings.chaos()
                ? new ChaosStack(
                        this, settings, Experiment.read(programs.chaosCatalogue()), observability.severalServices)
                : null;
        Tags.of(this).add("selfheal:environment", settings.name());
        Tags.of(this).add("selfheal:system", "selfheal");
        Nag.watch(this);
    }
}
