package io.selfheal.healer.lambda.runtime;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.selfheal.healer.aws.dynamo.DynamoSettings;
import io.selfheal.healer.aws.dynamo.DynamoTable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.dynamodb.services.local.main.ServerRunner;

/** DynamoDB Local in this JVM, one for the whole run; a table of its own for each test. */
public final class LocalDynamo {
    private static @Nullable URI endpoint;

    private LocalDynamo() {}

    /** The name of a new, empty table. */
    public static String table() {
        String name = "selfheal-" + UUID.randomUUID();
        DynamoTable.create(settings(name));
        return name;
    }

    public static DynamoSettings settings(String table) {
        return DynamoSettings.ofTable(table)
                .at(endpoint(), "us-east-1")
                .within(Duration.ofSeconds(30), Duration.ofSeconds(60));
    }

    public static synchronized URI endpoint() {
        if (endpoint == null) {
            endpoint = URI.create(start());
        }
        return endpoint;
    }

    private static String start() {
        String cpu = System.getProperty("os.arch");
        assumeTrue(
                cpu.equals("amd64") || cpu.equals("x86_64"),
                "DynamoDB Local comes with SQLite for x86-64 only, this is " + cpu);
        try {
            int port = freePort();
            // Otherwise whoever signs with other credentials sees other tables.
            ServerRunner.createServerFromCommandLineArgs(
                            new String[] {"-inMemory", "-sharedDb", "-disableTelemetry", "-port", Integer.toString(port)
                            })
                    .start();
            return "http://127.0.0.1:" + port;
        } catch (Exception failed) {
            throw new IllegalStateException("DynamoDB Local does not start", failed);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
