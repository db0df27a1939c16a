package io.selfheal.embedded;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the program's arguments. */
final class CommandLine {
    static final String USAGE = """
            Usage: java -jar embedded-ecs.jar [options]
              --port N                 listen on 127.0.0.1:N (4567; 0 takes a free one)
              --state-dir DIR          tasks' folders and logs, targets/targets.json, lock (.selfheal/embedded-ecs)
              --events-url URL[,URL]   post EventBridge-shaped events there
              --events-token-env NAME  environment variable that holds the bearer token for it
              --settle DURATION        a task without health check counts as healthy after this time (PT1S)
              --region REGION          in ARNs (us-east-1)
              --host ADDRESS           listen elsewhere than on loopback: whoever reaches the port can run programs here
              --allow-faults           serve /_embedded/faults, which makes API calls fail on purpose
              --help                   this text
            """;

    private CommandLine() {}

    /** @throws IllegalArgumentException with a sentence for the user */
    static EmbeddedEcsOptions parse(String[] args, Map<String, String> environment) {
        EmbeddedEcsOptions options =
                EmbeddedEcsOptions.in(Path.of(".selfheal", "embedded-ecs")).withPort(4567);
        List<URI> urls = List.of();
        Optional<String> token = Optional.empty();
        Iterator<String> rest = Arrays.asList(args).iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--port" -> options = options.withPort(number(value(option, rest)));
                case "--state-dir" -> options = in(Path.of(value(option, rest)), options);
                case "--events-url" -> urls = urls(value(option, rest));
                case "--events-token-env" -> token = Optional.of(variable(value(option, rest), environment));
                case "--settle" -> options = options.withSettle(duration(value(option, rest)));
                case "--region" -> options = options.withRegion(value(option, rest));
                case "--host" -> options = options.withHost(value(option, rest));
                case "--allow-faults" -> options = options.withFaults();
                default -> throw new IllegalArgumentException("Unknown option " + option + ".");
            }
        }
        return options.withEvents(urls, token);
    }

    private static EmbeddedEcsOptions in(Path folder, EmbeddedEcsOptions options) {
        return new EmbeddedEcsOptions(
                options.host(),
                options.port(),
                folder,
                options.region(),
                options.eventUrls(),
                options.eventToken(),
                options.faultsAllowed(),
                options.settings());
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException("Option " + option + " needs a value.");
        }
        return rest.next();
    }

    private static int number(String text) {
        if (!text.matches("\\d{1,5}")) {
            throw new IllegalArgumentException("--port must be a number: " + text);
        }
        return Integer.parseInt(text);
    }

    private static List<URI> urls(String text) {
        List<URI> urls = Arrays.stream(text.split(",", -1)).map(URI::create).toList();
        for (URI url : urls) {
            if (!List.of("http", "https").contains(url.getScheme()) || url.getHost() == null) {
                throw new IllegalArgumentException("--events-url must be http or https: " + url);
            }
        }
        return urls;
    }

    private static String variable(String name, Map<String, String> environment) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("--events-token-env: the variable " + name + " is not set.");
        }
        return value;
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("--settle must be an ISO-8601 duration such as PT1S: " + text, e);
        }
    }
}
