package io.selfheal.healer.lambda.config;

import io.selfheal.healer.setting.Requirement;
import io.selfheal.healer.setting.StartRefusedException;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads environment variables and gathers what is wrong with them, so that an operator hears of all of it at once. */
final class Variables {
    private static final String OURS = "HEALER_";

    private final Map<String, String> environment;
    private final Set<String> read = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    Variables(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** An empty variable is as good as none. What cannot be read is a problem, and stands as if it were not set. */
    <T> T read(String name, T otherwise, Function<String, T> reading) {
        read.add(name);
        String value = environment.getOrDefault(name, "").strip();
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            return reading.apply(value);
        } catch (StartRefusedException e) {
            problems.addAll(e.problems());
            return otherwise;
        }
    }

    String text(String name, String otherwise) {
        return read(name, otherwise, value -> value);
    }

    Duration duration(String name, Duration otherwise, Predicate<Duration> fits) {
        return read(name, otherwise, value -> {
            Duration duration = parsed(name, value);
            Requirement.that(fits.test(duration), name + ": expected more than PT0S, was " + duration);
            return duration;
        });
    }

    private static Duration parsed(String name, String value) {
        try {
            return Duration.parse(value);
        } catch (DateTimeParseException e) {
            throw new StartRefusedException(
                    name + ": cannot read '" + value + "' as a duration, expected for example PT0.5S");
        }
    }

    Optional<URI> address(String name) {
        return read(name, Optional.empty(), value -> {
            Requirement.httpAddress(name, value);
            return Optional.of(URI.create(value));
        });
    }

    boolean flag(String name) {
        return read(name, false, value -> {
            Requirement.oneOf(name, value, List.of("true", "false"));
            return value.equals("true");
        });
    }

    void oneOf(String name, String otherwise, List<String> available) {
        read(name, otherwise, value -> {
            Requirement.oneOf(name, value, available);
            return value;
        });
    }

    void require(boolean holds, String otherwise) {
        if (!holds) {
            problems.add(otherwise);
        }
    }

    void problems(List<String> more) {
        problems.addAll(more);
    }

    /** A name that means nothing here is most likely misspelt, and what it was to do would not be done. */
    void refuseUnread() {
        environment.keySet().stream()
                .filter(name -> name.startsWith(OURS) && !read.contains(name))
                .sorted()
                .forEach(name -> problems.add(name + ": the Lambda has no such setting, it has: "
                        + String.join(
                                ", ",
                                read.stream()
                                        .filter(known -> known.startsWith(OURS))
                                        .toList())));
    }

    void refuseStart() {
        if (!problems.isEmpty()) {
            throw new StartRefusedException(problems);
        }
    }
}
