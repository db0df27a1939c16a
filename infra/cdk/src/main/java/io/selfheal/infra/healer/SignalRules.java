package io.selfheal.infra.healer;

import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.shop.ServicesStack;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Match;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleProps;

/** Which events of AWS the healer hears of: the alarms of this environment by their names, and what ECS does in its cluster. */
final class SignalRules {
    private SignalRules() {}

    static List<Rule> make(Stack stack, EnvironmentSettings settings) {
        String ecs = "arn:" + stack.getPartition() + ":ecs:" + stack.getRegion() + ":" + stack.getAccount();
        return List.of(
                rule(
                        stack,
                        "Alarms",
                        "Alarms of the services",
                        EventPattern.builder()
                                .source(List.of("aws.cloudwatch"))
                                .detailType(List.of("CloudWatch Alarm State Change"))
                                .detail(Map.of("alarmName", prefixes(settings)))
                                .build()),
                rule(
                        stack,
                        "Tasks",
                        "Tasks and services of the cluster",
                        EventPattern.builder()
                                .source(List.of("aws.ecs"))
                                .detailType(List.of("ECS Task State Change", "ECS Service Action"))
                                .detail(Map.of("clusterArn", List.of(ecs + ":cluster/" + settings.cluster())))
                                .build()),
                // These name the cluster only in the ARN of the service.
                rule(
                        stack,
                        "Deployments",
                        "Deployments in the cluster",
                        EventPattern.builder()
                                .source(List.of("aws.ecs"))
                                .detailType(List.of("ECS Deployment State Change"))
                                .resources(Match.prefix(ecs + ":service/" + settings.cluster() + "/"))
                                .build()));
    }

    private static List<Map<String, String>> prefixes(EnvironmentSettings settings) {
        return ServicesStack.SERVICES.stream()
                .map(service -> Map.of("prefix", settings.alarm(service, "")))
                .toList();
    }

    private static Rule rule(Stack stack, String id, String what, EventPattern pattern) {
        return new Rule(
                stack,
                id,
                RuleProps.builder().description(what).eventPattern(pattern).build());
    }
}
