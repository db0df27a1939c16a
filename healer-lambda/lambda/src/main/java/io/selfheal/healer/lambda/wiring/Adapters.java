package io.selfheal.healer.lambda.wiring;

import io.selfheal.healer.aws.EcsFleet;
import io.selfheal.healer.aws.EcsSettings;
import io.selfheal.healer.aws.SqsQueue;
import io.selfheal.healer.aws.cloudwatch.CloudWatchSettings;
import io.selfheal.healer.aws.cloudwatch.CloudWatchVitals;
import io.selfheal.healer.aws.dynamo.DynamoIncidentStore;
import io.selfheal.healer.aws.dynamo.DynamoSettings;
import io.selfheal.healer.aws.dynamo.DynamoStorms;
import io.selfheal.healer.aws.dynamo.DynamoSwitches;
import io.selfheal.healer.aws.dynamo.DynamoTable;
import io.selfheal.healer.aws.dynamo.DynamoWakeUps;
import io.selfheal.healer.control.Silences;
import io.selfheal.healer.evidence.EvidenceSource;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.SteeredFleet;
import io.selfheal.healer.lambda.config.Configuration;
import io.selfheal.healer.lambda.invocation.Ids;
import io.selfheal.healer.lambda.invocation.Parts;
import io.selfheal.healer.lambda.queue.DeadLetters;
import io.selfheal.healer.lambda.queue.Queue;
import io.selfheal.healer.lambda.queue.WakeUps;
import io.selfheal.healer.local.HttpHealthProbe;
import io.selfheal.healer.local.HttpTaskControl;
import io.selfheal.healer.local.LokiEvidence;
import io.selfheal.healer.local.PrometheusEvidence;
import io.selfheal.healer.local.SignedLinks;
import io.selfheal.healer.setting.StartRefusedException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Everything outside, as clients that are set up and have sent nothing yet. Region, endpoints and credentials are the SDK's
 * own business: {@code AWS_REGION}, {@code AWS_ENDPOINT_URL} and so on; credentials are asked for with the first call.
 */
public final class Adapters implements AutoCloseable {
    private static final int LONGEST = 160;

    private final Configuration configuration;
    private final InstantSource clock;
    private final DynamoTable table;
    private final EcsFleet ecs;
    private final Told told;
    private final AlertmanagerParts alertmanager;
    private final Optional<CloudWatchVitals> cloudWatch;
    private final List<AutoCloseable> queues = new ArrayList<>();

    public Adapters(Configuration configuration, InstantSource clock) {
        this.configuration = configuration;
        this.clock = clock;
        // Side by side: each takes a good part of a cold start, most of it the SDK's own setting up.
        CompletableFuture<EcsFleet> fleet = CompletableFuture.supplyAsync(
                () -> setUp(
                        "the ECS client", () -> new EcsFleet(EcsSettings.ofCluster(configuration.cluster()), clock)),
                Thread::startVirtualThread);
        this.table =
                setUp("the DynamoDB client", () -> DynamoTable.unopened(DynamoSettings.ofTable(configuration.table())));
        this.ecs = joined(fleet);
        this.told = setUp(
                "HEALER_SNS_TOPIC_ARN", () -> new Told(configuration.notices(), new DynamoIncidentStore(table), clock));
        this.cloudWatch = cloudWatch(configuration.sources());
        this.alertmanager = new AlertmanagerParts(configuration, clock);
    }

    private Optional<CloudWatchVitals> cloudWatch(Configuration.Sources sources) {
        return sources.namespace().isEmpty()
                ? Optional.empty()
                : Optional.of(setUp(
                        "HEALER_CLOUDWATCH_NAMESPACE, HEALER_CLOUDWATCH_PERIOD",
                        () -> new CloudWatchVitals(
                                CloudWatchSettings.of(sources.namespace(), sources.period()), ecs, clock)));
    }

    private static <T> T joined(CompletableFuture<T> making) {
        try {
            return making.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static <T> T setUp(String what, Supplier<T> making) {
        try {
            return making.get();
        } catch (RuntimeException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new StartRefusedException(what + ": "
                    + (why.length() <= LONGEST ? why : why.substring(0, LONGEST) + "...") + " (is AWS_REGION set?)");
        }
    }

    public Parts parts() {
        DynamoIncidentStore store = new DynamoIncidentStore(table);
        return new Parts(
                clock,
                new Ids(clock),
                new Parts.Ports(
                        store,
                        store,
                        fleet(),
                        new HttpHealthProbe(
                                configuration.probe().path(),
                                configuration.probe().timeout(),
                                clock),
                        new DynamoSwitches(table),
                        alertmanager.silences().<Silences>map(one -> one).orElse(Silences.NONE),
                        new DynamoStorms(table),
                        evidence()),
                configuration.policies(),
                configuration.rules(),
                configuration.factsTimeout(),
                SignedLinks.of(
                        configuration.notices().approvalKey(),
                        configuration.notices().publicUrl()),
                alertmanager.preparing(),
                alertmanager.tickings(store),
                told.all());
    }

    private Fleet fleet() {
        String token = configuration.sources().modesToken();
        return token.isEmpty() ? ecs : new SteeredFleet(ecs, new HttpTaskControl(token));
    }

    private List<EvidenceSource> evidence() {
        List<EvidenceSource> sources = new ArrayList<>(List.of(ecs.evidence(), ecs.logs()));
        configuration
                .sources()
                .prometheus()
                .ifPresent(url -> sources.add(
                        new PrometheusEvidence(url, configuration.sources().window(), clock)));
        cloudWatch.ifPresent(sources::add);
        configuration.sources().loki().ifPresent(url -> sources.add(new LokiEvidence(url, clock)));
        return sources;
    }

    public DeadLetters deadLetters() {
        return new DeadLetters(
                queue("HEALER_DEAD_LETTER_QUEUE_URL", configuration.queues().deadLetters()), clock);
    }

    public WakeUps wakeUps() {
        return new WakeUps(
                queue("HEALER_WAKE_UP_QUEUE_URL", configuration.queues().wakeUps()),
                new DynamoWakeUps(table)::claim,
                clock);
    }

    private Optional<Queue> queue(String name, String url) {
        if (url.isEmpty()) {
            return Optional.empty();
        }
        SqsQueue queue = setUp(name, () -> SqsQueue.at(url));
        queues.add(queue);
        return Optional.of(queue::send);
    }

    @Override
    public void close() {
        queues.forEach(Adapters::closed);
        cloudWatch.ifPresent(Adapters::closed);
        closed(told);
        closed(ecs);
        closed(table);
    }

    private static void closed(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            throw new IllegalStateException("closing " + one, e);
        }
    }
}
