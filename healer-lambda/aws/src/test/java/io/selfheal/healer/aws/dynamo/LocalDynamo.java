package io.selfheal.healer.aws.dynamo;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.selfheal.healer.testkit.FreePort;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/**
 * DynamoDB Local in this JVM, one for the whole run; a table of its own for each test, of this module and others. With
 * {@code -Dtest.dynamodb.endpoint=http://...} the tests run against another one.
 */
public final class LocalDynamo {
    private static @Nullable URI endpoint;
    private static @Nullable DynamoTable maker;

    private LocalDynamo() {}

    /** A name that no table has yet, at the endpoint. */
    static DynamoSettings settings() {
        return settings("selfheal-" + UUID.randomUUID());
    }

    public static DynamoSettings settings(String table) {
        // The machine may be busy with other builds: no verdict here depends on how quick it is.
        return DynamoSettings.ofTable(table)
                .at(endpoint(), "us-east-1")
                .within(Duration.ofSeconds(30), Duration.ofSeconds(60));
    }

    /** A new, empty table. */
    public static DynamoSettings fresh() {
        DynamoSettings settings = settings();
        maker().client().createTable(TableDefinition.load().create(settings.table()));
        return settings;
    }

    /** One for all tests: to set up a client takes longer than to make a table. */
    private static synchronized DynamoTable maker() {
        if (maker == null) {
            maker = DynamoTable.unchecked(settings());
        }
        return maker;
    }

    public static synchronized URI endpoint() {
        if (endpoint == null) {
            String given = System.getProperty("test.dynamodb.endpoint", "");
            endpoint = URI.create(given.isEmpty() ? start() : given);
        }
        return endpoint;
    }

    private static String start() {
        String cpu = System.getProperty("os.arch");
        assumeTrue(
                cpu.equals("amd64") || cpu.equals("x86_64"),
                "DynamoDB Local comes with SQLite for x86-64 only, this is " + cpu
                        + "; give another with -Dtest.dynamodb.endpoint");
        try {
            int port = FreePort.find();
            // Shared: otherwise whoever signs with other credentials sees other tables.
            DynamoDBProxyServer server = ServerRunner.createServerFromCommandLineArgs(
                    new String[] {"-inMemory", "-sharedDb", "-disableTelemetry", "-port", Integer.toString(port)});
            server.start();
            return "http://127.0.0.1:" + port;
        } catch (Exception failed) {
            throw new IllegalStateException("DynamoDB Local does not start", failed);
        }
    }
}
