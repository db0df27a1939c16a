package io.selfheal.infra.observability;

import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.healer.HealerContainer;
import io.selfheal.infra.healer.HealerFunction;
import io.selfheal.infra.healer.HealerStack;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.constructs.Construct;

/** Whether the healer is there. No data is bad news here: silence is what a dead healer sounds like. */
final class HealerAlive {
    private HealerAlive() {}

    static Alarm alarm(Construct scope, EnvironmentSettings settings, HealerStack healer) {
        return Alarm.Builder.create(scope, "HealerDown")
                .alarmName(settings.name() + "-healer-down")
                .alarmDescription("Nothing heals by itself now. docs/runbooks/HealerDown.md")
                .metric(signOfLife(healer))
                .threshold(1)
                .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
                .evaluationPeriods(3)
                .treatMissingData(TreatMissingData.BREACHING)
                .build();
    }

    /** Calls of the function, of which the schedule makes one a minute; or what ECS measures of the container. */
    static Metric signOfLife(HealerStack healer) {
        HealerFunction function = healer.function;
        if (function != null) {
            return function.live.metricInvocations(MetricOptions.builder()
                    .period(Duration.minutes(5))
                    .statistic("Sum")
                    .build());
        }
        HealerContainer container = healer.container;
        if (container == null) {
            throw new IllegalStateException("there is neither a function nor a container");
        }
        return container.service.metricCpuUtilization(MetricOptions.builder()
                .period(Duration.minutes(5))
                .statistic("SampleCount")
                .build());
    }
}
