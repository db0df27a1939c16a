package io.selfheal.embedded.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.embedded.schedule.DeploymentSnapshot.Rollout;
import io.selfheal.embedded.schedule.Plan.Stop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tasks are written {@code p1h}: p of the primary or o of an older deployment, age (1 is the oldest), starting/serVing/healthy/unhealthy, and
 * {@code !} when protected.
 */
class SchedulerTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        new service                              | 2 | 100 | 200 | -               | 2 | -
        steady                                   | 2 | 100 | 200 | p1h p2h         | 0 | -
        one crashed                              | 2 | 100 | 200 | p1h             | 1 | -
        replacement on its way                   | 2 | 100 | 200 | p1h p2s         | 0 | -
        scale out                                | 3 | 100 | 200 | p1h p2h         | 1 | -
        scale in takes the newest                | 1 | 100 | 200 | p1h p2h         | 0 | p2 SCALED_IN
        scale in takes the starting one first    | 2 | 100 | 200 | p1h p2h p3s     | 0 | p3 SCALED_IN
        scale in spares the protected one        | 1 | 100 | 200 | p1h p2h!        | 0 | p1 SCALED_IN
        scale in waits for the protected one     | 1 | 100 | 200 | p1h p2v!        | 0 | -
        scale in below the protected ones        | 1 | 100 | 200 | p1h! p2h! p3h   | 0 | p3 SCALED_IN
        unhealthy goes although it is protected  | 1 | 100 | 200 | p1u! p2h        | 0 | p1 UNHEALTHY
        new revision spares the protected one    | 2 | 100 | 200 | o1h! o2h p3h p4h | 0 | o2 SUPERSEDED
        new revision waits for protected ones    | 2 | 100 | 200 | o1h! o2h! p3h p4h | 0 | -
        scale to zero stops everything           | 0 | 100 | 200 | p1h p2u o3h     | 0 | p2 UNHEALTHY, o3 SUPERSEDED, p1 SCALED_IN
        unhealthy: replacement first             | 2 | 100 | 200 | p1h p2u         | 1 | -
        unhealthy: replacement not proven yet    | 2 | 100 | 200 | p1h p2u p3v     | 0 | -
        unhealthy: replacement is healthy        | 2 | 100 | 200 | p1h p2u p3h     | 0 | p2 UNHEALTHY
        all unhealthy: all are replaced          | 2 | 100 | 200 | p1u p2u         | 2 | -
        all unhealthy: one replaced, one goes    | 2 | 100 | 200 | p1u p2u p3h p4v | 0 | p1 UNHEALTHY
        no room for a replacement                | 2 | 50  | 100 | p1h p2u         | 1 | p2 UNHEALTHY
        no room: one at a time                   | 2 | 50  | 100 | p1u p2u         | 1 | p1 UNHEALTHY
        no room: wait for the one that starts    | 2 | 50  | 100 | p1s p2u         | 0 | -
        one task, 150 percent leave no room      | 1 | 100 | 150 | p1u             | 1 | p1 UNHEALTHY
        new revision: new ones first             | 2 | 100 | 200 | o1h o2h         | 2 | -
        new revision: new ones start             | 2 | 100 | 200 | o1h o2h p3s p4s | 0 | -
        new revision: one is healthy             | 2 | 100 | 200 | o1h o2h p3h p4s | 0 | o1 SUPERSEDED
        new revision: both are healthy           | 2 | 100 | 200 | o1h o2h p3h p4h | 0 | o1 SUPERSEDED, o2 SUPERSEDED
        new revision: old ones still starting go | 2 | 100 | 200 | o1s o2h         | 2 | o1 SUPERSEDED
        new revision, 150 percent                | 2 | 100 | 150 | o1h o2h         | 1 | -
        new revision in place: old one first     | 2 | 50  | 100 | o1h o2h         | 1 | o1 SUPERSEDED
        new revision in place: second half       | 2 | 50  | 100 | o2h p3h         | 1 | o2 SUPERSEDED
        new revision in place: wait              | 2 | 50  | 100 | o2h p3v         | 0 | -
        new revision, everything at once         | 2 | 0   | 100 | o1h o2h         | 2 | o1 SUPERSEDED, o2 SUPERSEDED
        new revision is sick: old ones stay      | 2 | 100 | 200 | o1h o2h p3u p4u | 2 | p3 UNHEALTHY, p4 UNHEALTHY
        new revision cures an unhealthy old one  | 2 | 100 | 200 | o1u o2h p3h p4s | 0 | o1 UNHEALTHY
        """)
    void plans(String name, int desired, int min, int max, String tasks, int starts, String stops) {
        Plan plan = Scheduler.plan(service(desired, min, max, tasks(tasks), Rollout.IN_PROGRESS, NOW), NOW);

        assertThat(written(plan.stops()))
                .as("stops")
                .isEqualTo(Optional.ofNullable(stops).orElse(""));
        assertThat(plan.starts()).as("starts").isEqualTo(starts);
    }

    @Test
    void whenTasksKeepFailing_thenWaitsBeforeTheNextStart() {
        Instant later = NOW.plusSeconds(4);

        Plan waiting = Scheduler.plan(service(2, 100, 200, tasks("p1h"), Rollout.COMPLETED, later), NOW);
        Plan due = Scheduler.plan(service(2, 100, 200, tasks("p1h"), Rollout.COMPLETED, later), later);

        assertThat(waiting).isEqualTo(new Plan(0, List.of(), Optional.of(later)));
        assertThat(due.starts()).isEqualTo(1);
    }

    @Test
    void whenTheDeploymentHasFailed_thenNothingIsStartedAndOldTasksStay() {
        Plan plan = Scheduler.plan(service(2, 100, 200, tasks("o1h o2h"), Rollout.FAILED, NOW), NOW);

        assertThat(plan).isEqualTo(new Plan(0, List.of(), Optional.empty()));
    }

    /** Whatever the tasks' states: never above the ceiling, never below the floor on purpose, nothing stopped twice. */
    @Test
    void anyPlan_keepsTheLimits() {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            int min = random.nextInt(0, 101);
            Limits limits = new Limits(min, random.nextInt(min == 100 ? 101 : 100, 301));
            int desired = random.nextInt(0, 6);
            ServiceSnapshot service = service(
                    desired,
                    limits.minimumHealthyPercent(),
                    limits.maximumPercent(),
                    randomTasks(random),
                    Rollout.IN_PROGRESS,
                    NOW);

            Plan plan = Scheduler.plan(service, NOW);

            List<String> stopped = plan.stops().stream().map(Stop::task).toList();
            assertThat(stopped).as("%s", service).doesNotHaveDuplicates();
            assertThat(plan.stops())
                    .as("%s", service)
                    .allMatch(s -> s.cause() == Plan.Cause.UNHEALTHY
                            || service.tasks().stream().noneMatch(t -> t.id().equals(s.task()) && t.kept()));
            if (plan.starts() > 0) {
                int after = service.tasks().size() - stopped.size() + plan.starts();
                assertThat(after).as("%s", service).isLessThanOrEqualTo(limits.ceiling(desired));
            }
            long healthy = service.count(Readiness.HEALTHY);
            long left = service.tasks().stream()
                    .filter(t -> t.readiness() == Readiness.HEALTHY && !stopped.contains(t.id()))
                    .count();
            boolean oldServing = service.superseded().stream().anyMatch(t -> t.readiness() == Readiness.SERVING);
            if (!oldServing && left < healthy) {
                assertThat(left).as("%s -> %s", service, plan).isGreaterThanOrEqualTo(limits.floor(desired));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "2, 1", "3, 2", "4, 4", "5, 8", "9, 60", "1000000, 60"})
    void backoffDoublesUpToItsCap(int failures, int seconds) {
        assertThat(Backoff.DEFAULT.after(failures)).isEqualTo(Duration.ofSeconds(seconds));
    }

    private static List<TaskSnapshot> randomTasks(Random random) {
        List<TaskSnapshot> tasks = new ArrayList<>();
        for (int i = 0; i < random.nextInt(0, 9); i++) {
            String deployment = random.nextBoolean() ? "p" : "o";
            Readiness readiness = EnumSet.allOf(Readiness.class).stream()
                    .skip(random.nextInt(4))
                    .findFirst()
                    .orElseThrow();
            tasks.add(new TaskSnapshot(
                    deployment + i, deployment, NOW.plusSeconds(i), readiness, random.nextInt(4) == 0));
        }
        return tasks;
    }

    private static ServiceSnapshot service(
            int desired, int min, int max, List<TaskSnapshot> tasks, Rollout rollout, Instant notBefore) {
        return new ServiceSnapshot(
                desired, new Limits(min, max), true, new DeploymentSnapshot("p", rollout, 0, notBefore), tasks, 0);
    }

    static List<TaskSnapshot> tasks(@Nullable String written) {
        if (written == null) {
            return List.of();
        }
        List<TaskSnapshot> tasks = new ArrayList<>();
        for (String one : written.split(" ", -1)) {
            Readiness readiness =
                    switch (one.charAt(2)) {
                        case 's' -> Readiness.STARTING;
                        case 'v' -> Readiness.SERVING;
                        case 'h' -> Readiness.HEALTHY;
                        case 'u' -> Readiness.UNHEALTHY;
                        default -> throw new IllegalArgumentException(one.toLowerCase(Locale.ROOT));
                    };
            Instant created = NOW.plusSeconds(one.charAt(1) - '0');
            tasks.add(
                    new TaskSnapshot(one.substring(0, 2), one.substring(0, 1), created, readiness, one.endsWith("!")));
        }
        return tasks;
    }

    private static String written(List<Stop> stops) {
        return stops.stream().map(s -> s.task() + " " + s.cause()).collect(Collectors.joining(", "));
    }
}
