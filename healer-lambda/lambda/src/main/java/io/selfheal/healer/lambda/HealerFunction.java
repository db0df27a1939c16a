package io.selfheal.healer.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.selfheal.healer.aws.http.AwsHttp;
import io.selfheal.healer.json.JsonTrees;
import io.selfheal.healer.lambda.config.Configuration;
import io.selfheal.healer.lambda.config.Settings;
import io.selfheal.healer.lambda.invocation.TimeLeft;
import io.selfheal.healer.setting.StartRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.crac.Core;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The function's handler, for every kind of event: {@code io.selfheal.healer.lambda.HealerFunction}. What it is made of is made
 * with it, so that a mistake in the settings keeps the function from starting.
 */
public final class HealerFunction implements RequestStreamHandler {
    private static final Logger LOG = LoggerFactory.getLogger(HealerFunction.class);

    private final Snapshot snapshot;

    /** As Lambda makes it. */
    public HealerFunction() {
        this(System.getenv());
    }

    HealerFunction(Map<String, String> environment) {
        AwsHttp.begin(environment, asked(environment));
        // The JDK computes large powers when it is first asked for a decimal number, which Jackson does whatever it
        // reads.
        Thread.startVirtualThread(() -> JsonTrees.write(JsonTrees.object()));
        Configuration configuration = configuration(environment);
        this.snapshot = new Snapshot(
                () -> LOG.info("primed with {} alerts", Priming.run(configuration)),
                () -> Wiring.of(configuration, Clock.systemUTC()));
        // Held weakly by some runtimes: the field keeps it.
        Core.getGlobalContext().register(snapshot);
        LOG.info("healer ready with {}", configuration);
    }

    /** By the first event of any kind. Nothing is asked before a picture is taken: no connection outlives that. */
    private static List<String> asked(Map<String, String> environment) {
        return "snap-start".equals(environment.get("AWS_LAMBDA_INITIALIZATION_TYPE"))
                ? List.of()
                : List.of("dynamodb", "ecs", "sqs");
    }

    private static Configuration configuration(Map<String, String> environment) {
        try {
            Path folder = Path.of(
                    Optional.ofNullable(environment.get("LAMBDA_TASK_ROOT")).orElse(""));
            return Settings.of(environment, folder);
        } catch (StartRefusedException e) {
            e.problems().forEach(problem -> LOG.error("start refused: {}", problem));
            throw e;
        }
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        TimeLeft time = new TimeLeft(context::getRemainingTimeInMillis);
        output.write(snapshot.wired().handle(input.readAllBytes(), time));
    }
}
