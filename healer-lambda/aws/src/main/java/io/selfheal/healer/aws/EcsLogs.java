package io.selfheal.healer.aws;

import io.selfheal.healer.aws.CloudWatchLogs.Event;
import io.selfheal.healer.aws.CloudWatchLogs.Group;
import io.selfheal.healer.aws.CloudWatchLogs.Page;
import io.selfheal.healer.aws.CloudWatchLogs.Search;
import io.selfheal.healer.aws.EcsReading.Found;
import io.selfheal.healer.aws.EcsReading.NotFound;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.EvidenceSource;
import io.selfheal.healer.evidence.LogLine;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Errors that a service's running tasks logged lately, from the log streams that their task definitions name. */
final class EcsLogs implements EvidenceSource {
    /** Of JSON lines, as the services write them. */
    private static final String ERRORS = "{ $.level = \"ERROR\" }";
    /** CloudWatch gives the oldest first: a short time first keeps what is found new, without reading all of it. */
    private static final Duration JUST_NOW = Duration.ofSeconds(15);

    private static final Duration LATELY = Duration.ofMinutes(2);
    /** Clocks differ. */
    private static final Duration AHEAD = Duration.ofSeconds(5);

    private static final int A_PAGE = 100;
    private static final int MOST_PAGES = 3;
    /** FilterLogEvents takes no more at once. */
    private static final int STREAMS_A_CALL = 100;
    /** Of one task: one that logs much must not crowd out the others. */
    private static final int OF_A_TASK = 5;

    private final Bounded bounded;
    private final EcsReading reading;
    private final LogStreams streams;
    private final Supplier<CloudWatchLogs> logs;
    private final InstantSource clock;

    EcsLogs(
            Bounded bounded,
            EcsReading reading,
            LogStreams streams,
            Supplier<CloudWatchLogs> logs,
            InstantSource clock) {
        this.bounded = bounded;
        this.reading = reading;
        this.streams = streams;
        this.logs = logs;
        this.clock = clock;
    }

    @Override
    public Evidence gather(ServiceId service) {
        Instant at = clock.instant();
        try {
            return Evidence.ofLogs(new Fact.Known<>(bounded.call(() -> lines(service, at)), at));
        } catch (Exception failed) {
            if (failed instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return Evidence.ofLogs(new Fact.Unknown<>(Wording.of("logs of " + service, failed)));
        }
    }

    private List<LogLine> lines(ServiceId service, Instant at) throws Exception {
        return switch (reading.describe(service)) {
            case NotFound<ServiceState>(String why) -> throw new NoSuchElementException(why);
            case Found<ServiceState>(ServiceState state) -> {
                Map<Group, Map<String, TaskId>> byGroup = new HashMap<>();
                for (Task task : state.tasks()) {
                    if (task.running()) {
                        streams.of(task).forEach(stream -> byGroup.computeIfAbsent(stream.group(), _ -> new HashMap<>())
                                .put(stream.name(), task.id()));
                    }
                }
                yield lines(byGroup, at);
            }
        };
    }

    private List<LogLine> lines(Map<Group, Map<String, TaskId>> byGroup, Instant at) throws IOException {
        CloudWatchLogs cloudWatch = logs.get();
        List<LogLine> lines = new ArrayList<>();
        for (Map.Entry<Group, Map<String, TaskId>> group : byGroup.entrySet()) {
            List<String> names = group.getValue().keySet().stream().sorted().toList();
            for (int from = 0; from < names.size(); from += STREAMS_A_CALL) {
                List<String> some = names.subList(from, Math.min(from + STREAMS_A_CALL, names.size()));
                for (Event event : newest(cloudWatch, group.getKey(), some, at)) {
                    Optional<TaskId> task = Optional.ofNullable(group.getValue().get(event.stream()));
                    LogLine.of(task, event.at(), event.message()).ifPresent(lines::add);
                }
            }
        }
        return aFewOfEach(lines);
    }

    private static List<Event> newest(CloudWatchLogs cloudWatch, Group group, List<String> names, Instant at)
            throws IOException {
        Instant recent = at.minus(JUST_NOW);
        List<Event> events = search(cloudWatch, new Search(group, names, ERRORS, recent, at.plus(AHEAD)));
        return events.isEmpty()
                ? search(cloudWatch, new Search(group, names, ERRORS, at.minus(LATELY), recent))
                : events;
    }

    private static List<Event> search(CloudWatchLogs cloudWatch, Search search) throws IOException {
        List<Event> found = new ArrayList<>();
        Optional<String> token = Optional.empty();
        for (int page = 0; page < MOST_PAGES; page++) {
            Page next = cloudWatch.filter(search, token, A_PAGE);
            found.addAll(next.events());
            token = next.token();
            if (token.isEmpty()) {
                return found;
            }
        }
        if (found.isEmpty()) {
            // Pages may be empty before the end: that nothing is there has not been seen.
            throw new IOException("nothing was found in " + MOST_PAGES + " pages, and there are more");
        }
        return found;
    }

    /** The newest first. */
    private static List<LogLine> aFewOfEach(List<LogLine> lines) {
        Map<Optional<TaskId>, Integer> seen = new HashMap<>();
        return lines.stream()
                .sorted(Comparator.comparing(LogLine::at).reversed())
                .filter(line -> Objects.requireNonNull(seen.merge(line.task(), 1, Integer::sum)) <= OF_A_TASK)
                .toList();
    }
}
