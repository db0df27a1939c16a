package io.selfheal.healer.lambda.training;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an AOT cache: starts the function as it will be started, under Lambda's runtime client, has it handle an event of each
 * kind, and ends it in good order, which is when the JVM writes the cache. As on AWS it finds every endpoint by the region's names, over
 * HTTPS: what a process needs for that is half of what it needs at all.
 *
 * <pre>java -cp healer-lambda.jar io.selfheal.healer.lambda.training.AotTraining healer-lambda.aot COMMAND...</pre>
 *
 * <p>The command is the one that is to use the cache, without the flag for it, from {@code java} on.
 */
public final class AotTraining {
    private static final Logger LOG = LoggerFactory.getLogger(AotTraining.class);
    /** So often each event: what runs a second time takes other ways. */
    private static final int ROUNDS = 2;

    private static final long MINUTES = 5;
    private static final String QUEUES = "https://sqs.us-east-1.amazonaws.com/000000000000/";

    private AotTraining() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 3) {
            throw new IllegalArgumentException("expected: CACHE java [FLAG...] -jar healer-lambda.jar HANDLER");
        }
        Path cache = Path.of(arguments[0]);
        train(cache, List.of(arguments).subList(1, arguments.length));
        LOG.info("{}: {} bytes", cache, Files.size(cache));
    }

    /** Throws when there is no cache afterwards. */
    public static void train(Path cache, List<String> command) throws IOException, InterruptedException {
        Files.deleteIfExists(cache);
        Path folder = Files.createTempDirectory("training");
        folder.toFile().deleteOnExit();
        try (PaperCloud cloud = new PaperCloud();
                HttpsFront front = new HttpsFront(folder, _ -> URI.create(cloud.uri()));
                RuntimeApi lambda = new RuntimeApi()) {
            List<String> training = new ArrayList<>(command);
            training.add(1, "-XX:AOTCacheOutput=" + cache);
            training.addAll(1, front.flags());
            ProcessBuilder builder = new ProcessBuilder(training).inheritIO();
            builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("HEALER_"));
            builder.environment().putAll(environment(lambda));
            Process process = builder.start();
            for (int round = 0; round < ROUNDS; round++) {
                for (String event : events()) {
                    LOG.info("answered: {}", lambda.invoke(event));
                }
            }
            process.destroy();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES) || !Files.exists(cache)) {
                process.destroyForcibly();
                throw new IOException("no cache came of it: " + cache);
            }
        }
    }

    private static Map<String, String> environment(RuntimeApi lambda) {
        Map<String, String> environment = new HashMap<>();
        environment.put("AWS_LAMBDA_RUNTIME_API", lambda.address());
        environment.put("AWS_REGION", "us-east-1");
        environment.put("AWS_ACCESS_KEY_ID", "training");
        environment.put("AWS_SECRET_ACCESS_KEY", "training");
        environment.put("AWS_SESSION_TOKEN", "training");
        environment.put("AWS_LAMBDA_FUNCTION_NAME", "healer");
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
        environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/healer");
        environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "1");
        environment.put("HEALER_POLICY", Resources.text("policy.yaml"));
        environment.put("HEALER_WAKE_UP_QUEUE_URL", QUEUES + "wake-ups");
        environment.put("HEALER_DEAD_LETTER_QUEUE_URL", QUEUES + "dead-letters");
        environment.put("HEALER_TOKEN", "a-token-for-the-training");
        return environment;
    }

    /** One a line. */
    private static List<String> events() {
        return Arrays.stream(Resources.text("events.jsonl").split("\n")).toList();
    }
}
