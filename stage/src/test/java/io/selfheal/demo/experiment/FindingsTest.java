package io.selfheal.demo.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.demo.experiment.Beat.Kind;
import io.selfheal.demo.fleet.StoppedTask;
import io.selfheal.demo.fleet.Task;
import io.selfheal.demo.load.Request;
import io.selfheal.demo.measure.Action;
import io.selfheal.demo.measure.Moments;
import io.selfheal.demo.measure.Sample;
import io.selfheal.demo.watch.FiringAlert;
import io.selfheal.demo.watch.Incident;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is made of one sight of a run: actions, moments, and the timeline. */
class FindingsTest {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final String SICK =
            "arn:aws:ecs:us-east-1:000000000000:task/selfheal/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private static final String OTHER =
            "arn:aws:ecs:us-east-1:000000000000:task/selfheal/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    @Nested
    class GivenAHealedRun {

        private final Sight sight = sight(
                List.of(alert("ErrorBurst", 1000)),
                List.of(incident(
                        entry(1010, "SIGNAL", "ALERT_FIRING", "ErrorBurst fires on task " + "a".repeat(32), ""),
                        entry(1030, "ACT", "SICK_TASK", "an alert names it", SICK),
                        entry(1050, "ACTED", "ACTION_ACCEPTED", "StopTask accepted", SICK),
                        entry(1060, "SIGNAL", "FLEET_EVENT", "TASK_STOPPED", ""),
                        entry(3000, "SIGNAL", "ALERT_FIRING", "TaskDown fires", ""),
                        entry(6500, "RESOLVE", "VERIFIED", "every task healthy", ""))),
                List.of(stopped(SICK, "UserInitiated")));

        @Test
        void whenItsActionsAreAsked_thenTheStopThatEcsSawIsTheHealersOwn() {
            assertThat(Findings.actions(sight)).containsExactly(new Action("restart-task", SICK, "done"));
        }

        @Test
        void whenItsMomentsAreAsked_thenEachComesFromWhoKnowsIt() {
            Moments moments = Findings.moments(sight, T0, Optional.of(task()), Optional.of(at(2500)));

            assertThat(moments)
                    .isEqualTo(new Moments(
                            T0,
                            Optional.of(at(1000)),
                            Optional.of(at(1010)),
                            Optional.of(at(1030)),
                            Optional.of(at(1050)),
                            Optional.of(at(2500)),
                            Optional.of(at(6500))));
        }

        @Test
        void whenTold_thenInOrderOnceAndWithoutEchoes() {
            Chronicle chronicle = new Chronicle(Duration.ofSeconds(2));

            assertThat(chronicle.news(sight))
                    .extracting(Beat::kind)
                    .containsExactly(
                            Kind.USERS,
                            Kind.USERS,
                            Kind.ALERT,
                            Kind.ALERT,
                            Kind.DIAGNOSIS,
                            Kind.ACTION,
                            Kind.USERS,
                            Kind.VERIFIED,
                            Kind.ECS);
            assertThat(chronicle.news(sight)).isEmpty();
        }

        @Test
        void whenTold_thenLongIdsAreShort() {
            assertThat(new Chronicle(Duration.ofSeconds(2)).news(sight))
                    .extracting(Beat::text)
                    .noneMatch(text -> text.contains("aaaaaaaaa"))
                    .contains("sick task: an alert names it → restart-task aaaaaaaa");
        }
    }

    @Test
    void givenAStopThatTheHealerDoesNotTellOf_whenActionsAreAsked_thenEcsTells() {
        Sight sight = sight(
                List.of(),
                List.of(),
                List.of(stopped(OTHER, "UserInitiated"), stopped(SICK, "EssentialContainerExited")));

        assertThat(Findings.actions(sight)).containsExactly(new Action("stop-task", OTHER, "seen by ECS only"));
    }

    @Test
    void givenNoHealer_whenMomentsAreAsked_thenTheFirstAlertForTheTaskDetected() {
        Sight sight = sight(List.of(alert("TaskDown", 2000), alert("TaskStuck", 3000)), List.of(), List.of());

        Moments moments = Findings.moments(sight, T0, Optional.of(task()), Optional.empty());

        assertThat(moments.detectedAt()).contains(at(2000));
        assertThat(moments.actedAt()).isEmpty();
    }

    @Test
    void givenAnAlertOnATask_thenItIsAccusedForAsLongAsItRuns() {
        List<FiringAlert> alerts = List.of(alert("TaskMemoryHigh", 2000));

        assertThat(sight(alerts, List.of(), List.of()).accused(task())).isTrue();
        assertThat(sight(List.of(), List.of(), List.of()).accused(task())).isFalse();
        assertThat(sight(alerts, List.of(), List.of(stopped(SICK, "UserInitiated")))
                        .accused(task()))
                .isFalse();
    }

    @Test
    void givenAnAlertFromBeforeTheInjection_whenMomentsAreAsked_thenItIsNotTheDetection() {
        Incident old = new Incident(
                "i",
                "order",
                "OPEN",
                at(900),
                Optional.of(at(900)),
                List.of(new Incident.Alert("alertmanager", "TaskDown", Optional.of(at(-5000)))),
                List.of());

        assertThat(Findings.moments(
                                sight(List.of(), List.of(old), List.of()), T0, Optional.of(task()), Optional.empty())
                        .alertedAt())
                .isEmpty();
    }

    @Test
    void givenTasksThatServe_whenAskedForTheFewest_thenTwoLooksInARowAndOnlySinceTheDecision() {
        assertThat(Findings.fewestServing(served(true, 1, 2, 2, 3, 3, 2), "order"))
                .isEqualTo(2);
        assertThat(Findings.fewestServing(served(true, 2, 2, 1, 2, 3), "order"))
                .as("one late answer")
                .isEqualTo(2);
        assertThat(Findings.fewestServing(served(true, 2, 2, 1, 1, 2), "order")).isEqualTo(1);
        assertThat(Findings.fewestServing(served(true, 2, 2, 2), "user"))
                .as("none of it ran")
                .isZero();
        assertThat(Findings.fewestServing(served(false, 2, 0, 0), "order"))
                .as("nobody acted")
                .isEqualTo(Integer.MAX_VALUE);
    }

    /** So many tasks of order serve, look after look; the first look is before the decision, and at the third ECS does not answer. */
    private static Sight served(boolean acted, int... counts) {
        List<Sample> samples = new ArrayList<>();
        IntStream.range(0, counts.length)
                .forEach(i -> samples.add(new Sample(at(200L * i), true, "", Map.of("order", counts[i]))));
        samples.add(2, new Sample(at(350), false, "no answer", Map.of()));
        List<Incident> incidents = acted ? List.of(incident(entry(100, "ACT", "SICK_TASK", "", SICK))) : List.of();
        return new Sight(T0, at(8000), samples, List.of(), List.of(), incidents, List.of(), true);
    }

    private static Sight sight(List<FiringAlert> alerts, List<Incident> incidents, List<StoppedTask> stopped) {
        List<Sample> samples = new ArrayList<>();
        IntStream.range(0, 40)
                .forEach(i ->
                        samples.add(new Sample(at(200L * i), i >= 12, i >= 12 ? "" : "order: HTTP 500", Map.of())));
        List<Request> requests = List.of(
                new Request(at(10), at(20), "order", true, "HTTP 500"),
                new Request(at(30), at(40), "user", false, "HTTP 200"));
        return new Sight(T0, at(8000), samples, requests, alerts, incidents, stopped, true);
    }

    private static Incident incident(Incident.Entry... timeline) {
        return new Incident(
                "1",
                "order",
                "RESOLVED",
                at(1010),
                Optional.of(at(1010)),
                List.of(new Incident.Alert("alertmanager", "ErrorBurst", Optional.of(at(1000)))),
                List.of(timeline));
    }

    private static Incident.Entry entry(long millis, String event, String reason, String detail, String task) {
        return new Incident.Entry(at(millis), event, reason, detail, task.isEmpty() ? "" : "restart-task", task);
    }

    private static FiringAlert alert(String name, long millis) {
        return new FiringAlert(name, "order", SICK, at(millis));
    }

    private static StoppedTask stopped(String arn, String code) {
        return new StoppedTask(arn, "order", code, "", at(1040));
    }

    private static Task task() {
        return new Task(SICK, "order", URI.create("http://127.0.0.1:1"), Instant.EPOCH);
    }

    private static Instant at(long millis) {
        return T0.plusMillis(millis);
    }
}
