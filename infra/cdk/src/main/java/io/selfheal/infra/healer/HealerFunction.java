package io.selfheal.infra.healer;

import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.config.Programs;
import io.selfheal.infra.nag.Nag;
import io.selfheal.infra.network.NetworkStack;
import io.selfheal.infra.shop.ServicesStack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.LayerVersion;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.destinations.SqsDestination;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.sns.subscriptions.LambdaSubscription;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/** The healer as a Lambda function, called by its alias and by nothing else. */
public final class HealerFunction extends Construct {
    /** As healer-lambda/lambda names it. */
    public static final String HANDLER = "io.selfheal.healer.lambda.HealerFunction";

    private static final Duration TIMEOUT = Duration.seconds(60);

    public final Alias live;
    public final Role role;
    private final EnvironmentSettings settings;
    private final HealerStack stack;
    private final Queue wakeUps;

    HealerFunction(
            HealerStack stack,
            EnvironmentSettings settings,
            NetworkStack network,
            ServicesStack services,
            Programs programs,
            PolicyFolder policies) {
        super(stack, "Function");
        this.stack = stack;
        this.settings = settings;
        wakeUps = stack.queue(
                "WakeUps",
                Duration.seconds(360),
                DeadLetterQueue.builder()
                        .queue(stack.deadLetters)
                        .maxReceiveCount(5)
                        .build());
        LogGroup logs = LogGroup.Builder.create(this, "Logs")
                .retention(NetworkStack.retention(settings.keep().logDays()))
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        role = FunctionRole.inVpc(this, "Role", logs);
        HealerPermissions.grant(
                stack,
                settings,
                role,
                stack.belongings(services, List.of(wakeUps.getQueueArn(), stack.deadLetters.getQueueArn())));
        Function function = function(network, programs, policies, logs);
        live = Alias.Builder.create(this, "Live")
                .aliasName("live")
                .version(function.getCurrentVersion())
                // Here and not on the function, whose settings would be those of $LATEST.
                .retryAttempts(2)
                .maxEventAge(Duration.minutes(10))
                .onFailure(new SqsDestination(stack.deadLetters))
                .build();
        feed();
    }

    private Function function(NetworkStack network, Programs programs, PolicyFolder policies, LogGroup logs) {
        LayerVersion layer = LayerVersion.Builder.create(this, "Policies")
                .description("Selfheal " + settings.name() + ": policies")
                .code(Code.fromAsset(policies.folder().toString()))
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        Function.Builder function = Function.Builder.create(this, "Healer")
                .description("Selfheal " + settings.name() + ": heals services of the cluster " + settings.cluster())
                .runtime(Runtime.JAVA_25)
                .architecture(Architecture.ARM_64)
                .handler(HANDLER)
                .code(Code.fromAsset(programs.lambda()))
                .layers(List.of(layer))
                .role(role)
                .memorySize(1024)
                .timeout(TIMEOUT)
                .vpc(network.vpc)
                .vpcSubnets(network.tasks)
                .securityGroups(List.of(network.healer))
                .logGroup(logs)
                .environment(environment());
        if (settings.healer().snapStart()) {
            function.snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS);
        }
        Function made = function.build();
        Nag.acceptWarning(made, "@aws-cdk/aws-lambda:snapStartRequirePublish", "it is called by its alias only");
        return made;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("HEALER_POLICY", "/opt/" + PolicyFolder.FILE);
        environment.put("HEALER_CLUSTER", settings.cluster());
        environment.put("HEALER_DYNAMO_TABLE", stack.table.getTableName());
        environment.put("HEALER_WAKE_UP_QUEUE_URL", wakeUps.getQueueUrl());
        environment.put("HEALER_DEAD_LETTER_QUEUE_URL", stack.deadLetters.getQueueUrl());
        environment.put("HEALER_SNS_TOPIC_ARN", stack.notices.getTopicArn());
        return environment;
    }

    private void feed() {
        SignalRules.make(stack, settings).forEach(rule -> rule.addTarget(target()));
        Rule.Builder.create(this, "EveryMinute")
                .description("Looks at what is due: the net below the wake-ups")
                .schedule(Schedule.rate(Duration.minutes(1)))
                .targets(List.of(target()))
                .build();
        live.addEventSource(SqsEventSource.Builder.create(wakeUps)
                .batchSize(1)
                .reportBatchItemFailures(true)
                .build());
        stack.alerts.addSubscription(LambdaSubscription.Builder.create(live)
                .deadLetterQueue(stack.deadLetters)
                .build());
        Nag.acceptTemplate(stack, "W3694", "an alias is a function to SNS, too");
    }

    private LambdaFunction target() {
        return LambdaFunction.Builder.create(live)
                .deadLetterQueue(stack.deadLetters)
                .retryAttempts(4)
                .maxEventAge(Duration.minutes(15))
                .build();
    }
}
