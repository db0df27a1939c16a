package io.selfheal.healer.aws.dynamo;

import io.selfheal.healer.aws.http.AwsHttp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** The healer's table: requests to it, each bounded in time, and what their failures mean. Thread-safe. */
public final class DynamoTable implements AutoCloseable {
    private static final BackoffStrategy AFTER_FAULT =
            BackoffStrategy.exponentialDelay(Duration.ofMillis(50), Duration.ofMillis(500));
    private static final BackoffStrategy AFTER_THROTTLING =
            BackoffStrategy.exponentialDelay(Duration.ofMillis(100), Duration.ofSeconds(1));
    /** DynamoDB's own bound of one BatchGetItem. */
    private static final int KEYS_AT_ONCE = 100;
    /** One request answers up to 16 MB, so a few answer a hundred keys; more are needed only where reads are throttled. */
    private static final int MOST_REQUESTS = 10;

    private final String name;
    private final SdkHttpClient http;
    private final DynamoDbClient client;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("dynamodb-", 0).factory());

    private DynamoTable(DynamoSettings settings) {
        name = settings.table();
        http = AwsHttp.within(settings.attemptTimeout());
        client = client(settings);
    }

    /**
     * A table that is there and is one of the healer's. Throws {@link IllegalStateException} with a sentence when it is not, and
     * {@link io.selfheal.healer.incident.StoreUnavailableException} when that cannot be told.
     */
    public static DynamoTable open(DynamoSettings settings) {
        DynamoTable table = unchecked(settings);
        try {
            new TableSetup(table).check("opening");
            return table;
        } catch (RuntimeException e) {
            table.close();
            throw e;
        }
    }

    /**
     * A table that nobody has looked at: sends nothing and asks for no credentials, as long as nothing is read or written. Where it
     * is missing or somebody else's, that is the failure of the first request.
     */
    public static DynamoTable unopened(DynamoSettings settings) {
        return unchecked(settings);
    }

    /** Makes the table where there is none, and returns when it can be used. False: it was there already. */
    public static boolean create(DynamoSettings settings) {
        try (DynamoTable table = unchecked(settings)) {
            return new TableSetup(table).create();
        }
    }

    static DynamoTable unchecked(DynamoSettings settings) {
        try {
            return new DynamoTable(settings);
        } catch (SdkException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new IllegalStateException("the DynamoDB client cannot be set up (is AWS_REGION set?): " + why, e);
        }
    }

    String name() {
        return name;
    }

    /** One request; its failure is the store's. */
    <T> T call(String operation, Function<DynamoDbClient, T> request) {
        try {
            return request.apply(client);
        } catch (SdkException failure) {
            throw DynamoFailure.of(operation, name, failure);
        }
    }

    /** For requests some of whose failures are answers. */
    DynamoDbClient client() {
        return client;
    }

    /** As it is now, not as it was some time ago. */
    Optional<Item> get(String operation, ItemKey key) {
        return Optional.of(call(
                        operation,
                        client -> client.getItem(request ->
                                request.tableName(name).key(primary(key)).consistentRead(true))))
                .filter(answer -> answer.hasItem())
                .map(answer -> Item.of(answer.item()));
    }

    /** Those that are there, as they are now, by their keys. */
    Map<ItemKey, Item> getAll(String operation, Collection<ItemKey> keys) {
        Map<ItemKey, Item> found = new LinkedHashMap<>();
        List<ItemKey> left = List.copyOf(keys);
        for (int from = 0; from < left.size(); from += KEYS_AT_ONCE) {
            batch(operation, left.subList(from, Math.min(left.size(), from + KEYS_AT_ONCE)), found);
        }
        return found;
    }

    /** A part of a partition, at least so many items of it where it has them; pages are followed as long as more is wanted. */
    List<Item> query(String operation, Consumer<QueryRequest.Builder> range, int wanted) {
        List<Item> items = new ArrayList<>();
        QueryRequest request =
                QueryRequest.builder().tableName(name).applyMutation(range).build();
        while (true) {
            QueryRequest page = request;
            QueryResponse answer = call(operation, client -> client.query(page));
            answer.items().forEach(values -> items.add(Item.of(values)));
            if (items.size() >= wanted || !answer.hasLastEvaluatedKey()) {
                return items;
            }
            request = request.toBuilder()
                    .exclusiveStartKey(answer.lastEvaluatedKey())
                    .build();
        }
    }

    /** The same of several partitions at the same time, one after the other in the result. */
    List<Item> queryAll(
            String operation,
            List<String> partitions,
            Function<String, Consumer<QueryRequest.Builder>> range,
            int wanted) {
        List<Future<List<Item>>> parts = partitions.stream()
                .map(partition -> threads.submit(() -> query(operation, range.apply(partition), wanted)))
                .toList();
        List<Item> items = new ArrayList<>();
        try {
            for (Future<List<Item>> part : parts) {
                items.addAll(part.get());
            }
            return items;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw DynamoFailure.unavailable(operation, "interrupted while waiting for DynamoDB", stopped);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        } finally {
            parts.forEach(part -> part.cancel(true));
        }
    }

    static Map<String, AttributeValue> primary(ItemKey key) {
        return Map.of(Keys.PK, AttributeValue.fromS(key.pk()), Keys.SK, AttributeValue.fromS(key.sk()));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.close();
        http.close();
    }

    private void batch(String operation, List<ItemKey> keys, Map<ItemKey, Item> found) {
        Map<String, KeysAndAttributes> asked = Map.of(
                name,
                KeysAndAttributes.builder()
                        .keys(keys.stream().map(DynamoTable::primary).toList())
                        .consistentRead(true)
                        .build());
        for (int request = 1; !asked.isEmpty(); request++) {
            if (request > MOST_REQUESTS) {
                throw DynamoFailure.unavailable(
                        operation, "table '" + name + "' is throttled: it reads no more", new IllegalStateException());
            }
            var wanted = asked;
            var answer = call(operation, client -> client.batchGetItem(get -> get.requestItems(wanted)));
            answer.responses().getOrDefault(name, List.of()).forEach(values -> {
                Item item = Item.of(values);
                found.put(new ItemKey(item.text(Keys.PK), item.text(Keys.SK)), item);
            });
            asked = answer.unprocessedKeys();
        }
    }

    private DynamoDbClient client(DynamoSettings settings) {
        DynamoDbClientBuilder builder = DynamoDbClient.builder()
                .httpClient(http)
                .overrideConfiguration(
                        config -> config.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                        .maxAttempts(settings.maxAttempts())
                                        .backoffStrategy(AFTER_FAULT)
                                        .throttlingBackoffStrategy(AFTER_THROTTLING)
                                        .build())
                                .apiCallAttemptTimeout(settings.attemptTimeout())
                                .apiCallTimeout(settings.callTimeout()));
        settings.endpoint().ifPresent(builder::endpointOverride);
        settings.region().map(Region::of).ifPresent(builder::region);
        return builder.build();
    }
}
