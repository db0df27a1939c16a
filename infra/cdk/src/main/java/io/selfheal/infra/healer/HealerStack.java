package io.selfheal.infra.healer;

import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.config.Programs;
import io.selfheal.infra.nag.Nag;
import io.selfheal.infra.network.NetworkStack;
import io.selfheal.infra.shop.ServicesStack;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexProps;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.ProjectionType;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.dynamodb.TableEncryption;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** The healer, its memory, what feeds it, and whom it tells. */
public final class HealerStack extends Stack {
    private static final int DAYS_OF_DEAD_LETTERS = 14;

    public final Table table;
    /** What people get: the healer's notices, and alarms that no healer answers. */
    public final Topic notices;
    /** What senders without AWS credentials of ours may write to: Alertmanager, Amazon Managed Service for Prometheus. */
    public final Topic alerts;

    public final Queue deadLetters;
    public final Key key;
    public final @Nullable HealerFunction function;
    public final @Nullable HealerContainer container;
    private final EnvironmentSettings settings;

    public HealerStack(
            Construct stage,
            EnvironmentSettings settings,
            NetworkStack network,
            ServicesStack services,
            Programs programs) {
        super(stage, "Healer");
        this.settings = settings;
        key = key();
        table = table();
        notices = topic("Notices", "Selfheal " + settings.name());
        alerts = topic("Alerts", "Alerts for the healer of " + settings.name());
        deadLetters = queue("DeadLetters", Duration.minutes(1), null);
        Nag.accept(deadLetters, "SQS3", "it is the queue for dead letters");
        if (!settings.notices().email().isEmpty()) {
            notices.addSubscription(new EmailSubscription(settings.notices().email()));
        }
        PolicyFolder policies = PolicyFolder.of(settings, programs);
        switch (settings.healer().shell()) {
            case LAMBDA -> {
                function = new HealerFunction(this, settings, network, services, programs, policies);
                container = null;
            }
            case CONTAINER -> {
                function = null;
                container = new HealerContainer(this, settings, network, services, programs, policies);
            }
            default -> throw new IllegalStateException();
        }
        deadLetterAlarm();
    }

    HealerPermissions.Belongings belongings(ServicesStack services, List<String> queues) {
        return new HealerPermissions.Belongings(
                table.getTableArn(),
                queues,
                notices.getTopicArn(),
                key.getKeyArn(),
                services.services.values().stream()
                        .map(service -> service.logs.getLogGroupArn())
                        .toList());
    }

    Queue queue(String id, Duration visibility, software.amazon.awscdk.services.sqs.@Nullable DeadLetterQueue dead) {
        Queue.Builder queue = Queue.Builder.create(this, id)
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .visibilityTimeout(visibility)
                .retentionPeriod(dead == null ? Duration.days(DAYS_OF_DEAD_LETTERS) : Duration.hours(1))
                .removalPolicy(RemovalPolicy.DESTROY);
        return dead == null ? queue.build() : queue.deadLetterQueue(dead).build();
    }

    private Key key() {
        Key made = Key.Builder.create(this, "Key")
                .description("Selfheal " + settings.name() + ": notices and alerts")
                .enableKeyRotation(true)
                .pendingWindow(Duration.days(7))
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        for (String service : List.of(
                "cloudwatch.amazonaws.com", "events.amazonaws.com", "budgets.amazonaws.com", "aps.amazonaws.com")) {
            made.addToResourcePolicy(PolicyStatement.Builder.create()
                    .sid("Use" + service.substring(0, service.indexOf('.')))
                    .principals(List.of(new ServicePrincipal(service)))
                    .actions(List.of("kms:Decrypt", "kms:GenerateDataKey*"))
                    .resources(List.of("*"))
                    .conditions(ofThisAccount())
                    .build());
        }
        return made;
    }

    private Map<String, Object> ofThisAccount() {
        return Map.of("StringEquals", Map.of("aws:SourceAccount", getAccount()));
    }

    /** As {@code table.json} of healer-aws has it; a test compares them. */
    private Table table() {
        Table made = Table.Builder.create(this, "Table")
                .partitionKey(text("pk"))
                .sortKey(text("sk"))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .timeToLiveAttribute("expires")
                .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                        .pointInTimeRecoveryEnabled(true)
                        .build())
                .encryption(TableEncryption.AWS_MANAGED)
                .deletionProtection(settings.keep().data())
                .removalPolicy(settings.keep().data() ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY)
                .build();
        made.addGlobalSecondaryIndex(GlobalSecondaryIndexProps.builder()
                .indexName("timelines")
                .partitionKey(text("line"))
                .sortKey(text("at"))
                .projectionType(ProjectionType.INCLUDE)
                .nonKeyAttributes(List.of("service", "openedAt", "endedAt"))
                .build());
        return made;
    }

    private static Attribute text(String name) {
        return Attribute.builder().name(name).type(AttributeType.STRING).build();
    }

    private Topic topic(String id, String shown) {
        Topic topic = Topic.Builder.create(this, id)
                .displayName(shown)
                .masterKey(key)
                .enforceSsl(true)
                .signatureVersion("2")
                .build();
        // The statement that enforces TLS replaces the topic's default policy, by which alarms could publish.
        for (String service : List.of(
                "cloudwatch.amazonaws.com", "events.amazonaws.com", "budgets.amazonaws.com", "aps.amazonaws.com")) {
            topic.addToResourcePolicy(PolicyStatement.Builder.create()
                    .sid("From" + service.substring(0, service.indexOf('.')))
                    .principals(List.of(new ServicePrincipal(service)))
                    .actions(List.of("sns:Publish"))
                    .resources(List.of(topic.getTopicArn()))
                    .conditions(ofThisAccount())
                    .build());
        }
        return topic;
    }

    private void deadLetterAlarm() {
        Alarm.Builder.create(this, "DeadLettersAlarm")
                .alarmName(settings.name() + "-healer-dead-letters")
                .alarmDescription("The healer could not make anything of what it was sent: see docs/aws.md")
                .metric(deadLetters.metricApproximateNumberOfMessagesVisible(MetricOptions.builder()
                        .period(Duration.minutes(1))
                        .statistic("Maximum")
                        .build()))
                .threshold(0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .evaluationPeriods(1)
                .treatMissingData(TreatMissingData.NOT_BREACHING)
                .build()
                .addAlarmAction(new SnsAction(notices));
    }
}
