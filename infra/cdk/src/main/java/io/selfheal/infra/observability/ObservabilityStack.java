package io.selfheal.infra.observability;

import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.config.EnvironmentSettings.TransactionSearch;
import io.selfheal.infra.healer.HealerStack;
import io.selfheal.infra.shop.MicroService;
import io.selfheal.infra.shop.ServicesStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.budgets.CfnBudget;
import software.amazon.awscdk.services.cloudwatch.AlarmBase;
import software.amazon.awscdk.services.cloudwatch.AlarmRule;
import software.amazon.awscdk.services.cloudwatch.AlarmState;
import software.amazon.awscdk.services.cloudwatch.AnomalyDetectionAlarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.CompositeAlarm;
import software.amazon.awscdk.services.cloudwatch.IAlarmRule;
import software.amazon.awscdk.services.cloudwatch.PromQLAlarm;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.constructs.Construct;

/** Who is told what: alarms for people, objectives, dashboards, the budget. What the healer answers stands with the services. */
public final class ObservabilityStack extends Stack {
    /** Ends an experiment: more is broken than it was to break. */
    public final CompositeAlarm severalServices;

    private final EnvironmentSettings settings;
    private final ServicesStack services;
    private final HealerStack healer;
    private final List<AlarmBase> forPeople = new ArrayList<>();

    public ObservabilityStack(
            Construct stage,
            EnvironmentSettings settings,
            ServicesStack services,
            HealerStack healer,
            List<SloAlarm> objectives) {
        super(stage, "Observability");
        this.settings = settings;
        this.services = services;
        this.healer = healer;
        severalServices = severalServices();
        forPeople.add(anyService());
        forPeople.add(HealerAlive.alarm(this, settings, healer));
        objectives.forEach(one -> forPeople.add(objective(one)));
        services.services.values().forEach(this::anomaly);
        services.services.values().forEach(service -> Objectives.availability(this, settings, service));
        forPeople.forEach(this::tell);
        tell(severalServices);
        Dashboards.make(this, settings, services, healer, forPeople);
        budget();
        if (settings.telemetry().transactionSearch() == TransactionSearch.MAKE) {
            TransactionSearchOn.in(this);
        }
    }

    private void tell(AlarmBase alarm) {
        SnsAction people = new SnsAction(healer.notices);
        alarm.addAlarmAction(people);
        alarm.addOkAction(people);
    }

    private static IAlarmRule errors(MicroService service) {
        return AlarmRule.fromAlarm(service.alarms.errors, AlarmState.ALARM);
    }

    /** People hear of it even when the healer does not. */
    private CompositeAlarm anyService() {
        return CompositeAlarm.Builder.create(this, "AnyService")
                .compositeAlarmName(settings.name() + "-shop-errors")
                .alarmDescription("A service of the shop answers with errors; the healer is told, too")
                .alarmRule(AlarmRule.anyOf(services.services.values().stream()
                        .map(ObservabilityStack::errors)
                        .toArray(IAlarmRule[]::new)))
                .build();
    }

    private CompositeAlarm severalServices() {
        List<MicroService> all = List.copyOf(services.services.values());
        List<IAlarmRule> pairs = new ArrayList<>();
        for (int one = 0; one < all.size(); one++) {
            for (int other = one + 1; other < all.size(); other++) {
                pairs.add(AlarmRule.allOf(errors(all.get(one)), errors(all.get(other))));
            }
        }
        return CompositeAlarm.Builder.create(this, "SeveralServices")
                .compositeAlarmName(settings.name() + "-shop-down")
                .alarmDescription("Several services of the shop fail at once; experiments are stopped")
                .alarmRule(AlarmRule.anyOf(pairs.toArray(IAlarmRule[]::new)))
                .build();
    }

    private PromQLAlarm objective(SloAlarm slo) {
        return PromQLAlarm.Builder.create(this, slo.name())
                .alarmName(settings.name() + "-" + slo.name())
                .alarmDescription(slo.severity() + ": " + slo.summary() + ". " + slo.runbook())
                .query(slo.promql())
                .evaluationInterval(Duration.seconds(slo.evaluationSeconds()))
                .pendingPeriod(Duration.seconds(slo.pendingSeconds()))
                .recoveryPeriod(Duration.seconds(slo.recoverySeconds()))
                .build();
    }

    /** Fewer or more requests than at this hour of other days. A hint on a dashboard: it wakes nobody. */
    private void anomaly(MicroService service) {
        AnomalyDetectionAlarm.Builder.create(this, service.name + "Traffic")
                .alarmName(settings.name() + "-traffic-" + service.name)
                .alarmDescription(service.name + ": its traffic is not what it is at this time")
                .metric(service.alarms.metric("RequestCount", "Sum"))
                .stdDevs(4)
                .comparisonOperator(ComparisonOperator.LESS_THAN_LOWER_OR_GREATER_THAN_UPPER_THRESHOLD)
                .evaluationPeriods(5)
                .datapointsToAlarm(4)
                .treatMissingData(TreatMissingData.NOT_BREACHING)
                .build();
    }

    private void budget() {
        CfnBudget.Builder.create(this, "Budget")
                .budget(CfnBudget.BudgetDataProperty.builder()
                        .budgetType("COST")
                        .timeUnit("MONTHLY")
                        .budgetLimit(CfnBudget.SpendProperty.builder()
                                .amount(settings.notices().monthlyBudgetUsd())
                                .unit("USD")
                                .build())
                        .costFilters(Map.of("TagKeyValue", List.of("user:selfheal:environment$" + settings.name())))
                        .build())
                .notificationsWithSubscribers(List.of(notification("ACTUAL", 80), notification("FORECASTED", 100)))
                .build();
    }

    private CfnBudget.NotificationWithSubscribersProperty notification(String type, int percent) {
        return CfnBudget.NotificationWithSubscribersProperty.builder()
                .notification(CfnBudget.NotificationProperty.builder()
                        .notificationType(type)
                        .comparisonOperator("GREATER_THAN")
                        .threshold(percent)
                        .thresholdType("PERCENTAGE")
                        .build())
                .subscribers(List.of(CfnBudget.SubscriberProperty.builder()
                        .subscriptionType("SNS")
                        .address(healer.notices.getTopicArn())
                        .build()))
                .build();
    }
}
