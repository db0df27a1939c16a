package io.selfheal.infra.healer;

import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.network.NetworkStack;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.SnsTopic;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.SqsSubscription;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/**
 * Brings events and alerts to a healer that has no public address: SNS signs them, a queue keeps them, a function in the network
 * hands them over. See docs/decisions/0019.
 */
final class Courier extends Construct {
    /** What EventBridge tells, signed by SNS. */
    final Topic signals;

    Courier(HealerStack stack, EnvironmentSettings settings, NetworkStack network, String healer) {
        super(stack, "Courier");
        signals = Topic.Builder.create(this, "Signals")
                .displayName("Events for the healer of " + settings.name())
                .masterKey(stack.key)
                .enforceSsl(true)
                .signatureVersion("2")
                .build();
        Queue queue = stack.queue(
                "Signals",
                Duration.seconds(180),
                DeadLetterQueue.builder()
                        .queue(stack.deadLetters)
                        .maxReceiveCount(5)
                        .build());
        for (Topic topic : List.of(signals, stack.alerts)) {
            topic.addSubscription(SqsSubscription.Builder.create(queue)
                    .rawMessageDelivery(false)
                    .build());
        }
        for (Rule rule : SignalRules.make(stack, settings)) {
            rule.addTarget(SnsTopic.Builder.create(signals)
                    .deadLetterQueue(stack.deadLetters)
                    .build());
        }
        function(settings, network, healer)
                .addEventSource(SqsEventSource.Builder.create(queue)
                        .batchSize(10)
                        .reportBatchItemFailures(true)
                        .build());
    }

    private Function function(EnvironmentSettings settings, NetworkStack network, String healer) {
        LogGroup logs = LogGroup.Builder.create(this, "Logs")
                .retention(NetworkStack.retention(settings.keep().logDays()))
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        return Function.Builder.create(this, "Function")
                .description("Selfheal " + settings.name() + ": hands what SNS signed to the healer")
                .runtime(Runtime.PYTHON_3_14)
                .handler("index.handler")
                .code(Code.fromInline(code()))
                .role(FunctionRole.inVpc(this, "Role", logs))
                .memorySize(128)
                .timeout(Duration.seconds(30))
                .vpc(network.vpc)
                .vpcSubnets(network.tasks)
                // It speaks to the healer and to nobody else, so that it needs no way out.
                .allowPublicSubnet(true)
                .securityGroups(List.of(network.courier))
                .logGroup(logs)
                .environment(Map.of("HEALER", healer))
                .build();
    }

    private static String code() {
        try (InputStream file = Courier.class.getResourceAsStream("courier.py")) {
            if (file == null) {
                throw new IllegalStateException("courier.py is missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
