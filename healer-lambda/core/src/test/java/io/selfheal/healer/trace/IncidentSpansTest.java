package io.selfheal.healer.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.Trace;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.IncidentState.Phase;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.signal.SignalSource;
import io.selfheal.healer.testkit.Fixtures;
import io.selfheal.healer.testkit.HealerBench;
import io.selfheal.healer.testkit.HealerBench.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IncidentSpansTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String USERS_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String USERS_SPAN = "00f067aa0ba902b7";

    private final World world = new World();
    private final ServiceId order = world.fleet.service("order", 2);
    private final TaskId first = world.fleet.tasksOf(order).getFirst();
    private final HealerBench healer = world.healer();

    private Incident heal() {
        healer.step();
        world.fleet.makeSick(first);
        healer.fires(world.alert("TaskStuck", order, first));
        healer.run(MINUTE);
        Incident healed = world.latest(order);
        assertThat(healed.state().phase()).isEqualTo(Phase.RESOLVED);
        return healed;
    }

    private List<Span> all(Incident incident) {
        return IncidentSpans.of(incident, world.store.history(incident.id()), 0);
    }

    private static Span only(List<Span> spans, String name) {
        List<Span> named =
                spans.stream().filter(span -> span.name().equals(name)).toList();
        assertThat(named).as(name).hasSize(1);
        return named.getFirst();
    }

    @Test
    void givenAHealedIncident_thenAlertDecisionActionAndVerificationAreOneTraceWithOneRoot() {
        Incident incident = heal();
        List<Span> spans = all(incident);

        Span root = only(spans, "incident");
        assertThat(root.parent()).isEmpty();
        assertThat(spans).allSatisfy(span -> {
            assertThat(span.traceId()).isEqualTo(TraceIds.trace(incident.id())).matches(Trace::isId);
            assertThat(span.start()).isBetween(root.start(), root.end());
            assertThat(span.end()).isBetween(root.start(), root.end());
            if (!span.equals(root)) {
                assertThat(span.parent()).contains(root.id());
            }
        });
        assertThat(spans.stream().map(Span::id)).doesNotHaveDuplicates();
        assertThat(spans.stream().map(Span::name))
                .containsSubsequence("alert TaskStuck", "decide", "act restart-task", "verify", "incident");
        Span act = only(spans, "act restart-task");
        assertThat(only(spans, "verify").start()).isEqualTo(act.end());
        assertThat(act.attributes())
                .containsEntry("selfheal.task", first.arn())
                .containsEntry("selfheal.service", "order")
                .containsEntry("selfheal.reason", Reason.ACTION_ACCEPTED.name());
        assertThat(root.failure()).isEmpty();
    }

    /** Each process tells what it saw saved: all of them together have to tell each part once. */
    @Test
    void givenTheHistoryComesInPieces_thenTheyTellTheSameSpansAsTheWhole() {
        Incident incident = heal();
        List<HistoryEntry> history = world.store.history(incident.id());
        assertThat(history).hasSizeGreaterThan(3);
        Incident before = incident.edit().version(0).done();

        for (int cut = 1; cut < history.size(); cut++) {
            List<Span> told = new ArrayList<>(IncidentSpans.of(open(before), history.subList(0, cut), 0));
            told.addAll(IncidentSpans.of(incident, history, cut));
            assertThat(told).as("cut at " + cut).containsExactlyElementsOf(all(incident));
        }
    }

    private static Incident open(Incident incident) {
        return Incident.open(incident.id(), incident.service(), incident.detectedAt());
    }

    @Test
    void givenATraceOfAFailedRequestInTheEvidence_thenDecisionActionAndRootAreLinkedToIt() {
        Evidence untold = Evidence.untold();
        Trace failed = new Trace(USERS_TRACE, true, Duration.ofMillis(12), Fixtures.T0, Optional.of(USERS_SPAN));
        world.evidence(new Evidence(
                untold.vitals(),
                untold.calls(),
                untold.retryShare(),
                untold.releases(),
                untold.stops(),
                untold.logs(),
                new Fact.Known<>(Map.of(first, failed), Fixtures.T0)));

        List<Span> spans = all(heal());

        Span.Link link = new Span.Link(USERS_TRACE, Optional.of(USERS_SPAN));
        assertThat(only(spans, "incident").links()).containsExactly(link);
        assertThat(spans.stream().filter(span -> span.name().equals("decide")).flatMap(span -> span.links().stream()))
                .contains(link);
    }

    @Test
    void givenTheActionDoesNotHelp_thenTheVerificationFailed_andThePersonWhoIsCalledIsPartOfTheTrace() {
        world.fleet.replacementsAreSick(true);
        world.fleet.startTime(Duration.ofMillis(500));
        world.fleet.makeSick(first);
        Alert stuck = world.alert("TaskStuck", order, first);
        healer.fires(stuck);
        healer.run(Duration.ofMinutes(5));
        Incident incident = world.latest(order);
        assertThat(world.store.history(incident.id()).stream().map(HistoryEntry::event))
                .contains(HistoryEntry.Event.ESCALATE);

        List<Span> spans = all(incident);

        assertThat(spans.stream().filter(span -> span.name().equals("verify")))
                .isNotEmpty()
                .allSatisfy(span -> assertThat(span.failure()).isPresent());
        assertThat(spans.stream().map(Span::name)).doesNotContain("incident");
        world.fleet.replacementsAreSick(false);
        world.fleet.tasksOf(order).forEach(world.fleet::makeHealthy);
        healer.resolves(stuck);
        healer.run(Duration.ofMinutes(5));
        Incident over = world.latest(order);
        assertThat(over.state().over()).isTrue();
        assertThat(only(all(over), "wait for a person").end())
                .isEqualTo(only(all(over), "incident").end());
        assertThat(only(all(over), "incident").failure()).get().asString().startsWith("a person was called: ");
    }

    /** Seen in the demo: a deployment of a minute ago, told when the incident was open, made a span longer than the incident. */
    @Test
    void givenTheFleetTellsOfWhatWasBefore_thenItsSpanBeginsWithTheIncident() {
        Incident incident = heal();
        HistoryEntry told = new HistoryEntry(
                incident.id(),
                order,
                incident.detectedAt().plusSeconds(1),
                HistoryEntry.Event.SIGNAL,
                Reason.FLEET_EVENT,
                "TASK_RUNNING",
                Optional.empty(),
                "demo",
                List.of(new Signal.FleetEvent(
                        SignalSource.ECS,
                        order,
                        Optional.empty(),
                        "TASK_RUNNING",
                        "",
                        "one",
                        incident.detectedAt().minusSeconds(54))));

        Span event = only(IncidentSpans.of(open(incident), List.of(told), 0), "event TASK_RUNNING");

        assertThat(event.start()).isEqualTo(incident.detectedAt());
    }

    @Test
    void givenLinksByWhichAPersonApproves_thenNoSpanShowsThem() {
        Incident incident = heal();
        HistoryEntry asks = new HistoryEntry(
                incident.id(),
                order,
                incident.detectedAt(),
                HistoryEntry.Event.SUPPRESS,
                Reason.APPROVAL_REQUIRED,
                "to approve: https://healer.example/approve?signature=abc",
                Optional.empty(),
                "demo");

        Span asked = only(IncidentSpans.of(open(incident), List.of(asks), 0), "decide");

        assertThat(asked.attributes().values()).noneMatch(value -> value.contains("signature"));
        assertThat(asked.attributes()).containsEntry("selfheal.reason", "APPROVAL_REQUIRED");
    }

    @Test
    void givenManyIncidents_thenNoTwoHaveTheSameIds() {
        List<IncidentId> incidents = IntStream.range(0, 1000)
                .mapToObj(number -> IncidentId.of(Fixtures.T0, number))
                .toList();

        assertThat(incidents.stream().map(TraceIds::trace))
                .allMatch(Trace::isId)
                .doesNotHaveDuplicates();
        assertThat(incidents.stream().map(TraceIds::root)).doesNotHaveDuplicates();
    }

    @Test
    void givenATextThatNamesTraces_thenTheyAreFoundAgain() {
        Trace known = new Trace(USERS_TRACE, true, Duration.ofMillis(12), Fixtures.T0, Optional.of(USERS_SPAN));
        Trace bare = new Trace("1".repeat(32), false, Duration.ofMillis(700), Fixtures.T0);

        assertThat(Trace.mentionedIn("task a: it is sick; " + known.mention() + " of a request; " + bare.mention()))
                .containsExactly(
                        new Trace.Mention(USERS_TRACE, Optional.of(USERS_SPAN)),
                        new Trace.Mention("1".repeat(32), Optional.empty()));
        assertThat(Trace.mentionedIn("trace " + "0".repeat(32) + ", no trace at all"))
                .isEmpty();
    }
}
