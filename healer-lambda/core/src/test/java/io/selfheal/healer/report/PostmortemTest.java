package io.selfheal.healer.report;

import static io.selfheal.healer.testkit.Fixtures.T0;
import static io.selfheal.healer.testkit.Fixtures.service;
import static io.selfheal.healer.testkit.Fixtures.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.HistoryEntry.Event;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.incident.TrackedAlert;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.SignalSource;
import io.selfheal.healer.testkit.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PostmortemTest {
    private static final ServiceId ORDER = service("order");
    private static final Fact<Impact> NOTHING = new Fact.Unknown<>("no Prometheus");

    private final List<HistoryEntry> history = new ArrayList<>();

    private static Incident incident(String alert, Map<String, String> labels) {
        Alert stuck = new Alert(
                SignalSource.ALERTMANAGER,
                alert,
                "f1",
                ORDER,
                Optional.of(task(1)),
                T0.minusMillis(1500),
                new TreeMap<>(labels));
        return Incident.open(new IncidentId("0001-a"), ORDER, T0)
                .edit()
                .alerts(List.of(new TrackedAlert(stuck, T0, Optional.of(T0.plusSeconds(8)))))
                .attempts(1)
                .healedAt(Optional.of(T0.plusSeconds(9)))
                .done();
    }

    private Postmortem healed() {
        Incident incident = Fixtures.resolved(incident("TaskStuck", Map.of("severity", "page")), T0.plusSeconds(12));
        Action restart = new Action.RestartTask(ORDER, task(1));
        write(incident, 0, Event.SIGNAL, Reason.ALERT_FIRING, "TaskStuck fires", Optional.empty());
        write(incident, 100, Event.SUPPRESS, Reason.COOLDOWN, "acted a moment ago", Optional.empty());
        write(incident, 2000, Event.ACT, Reason.SICK_TASK, "an alert names it", Optional.of(restart));
        write(incident, 2250, Event.ACTED, Reason.ACTION_ACCEPTED, "done", Optional.of(restart));
        write(incident, 12_000, Event.RESOLVE, Reason.VERIFIED, "every task healthy", Optional.empty());
        return new Postmortem(incident, history);
    }

    private void write(
            Incident incident, long millis, Event event, Reason reason, String detail, Optional<Action> action) {
        history.add(new HistoryEntry(
                incident.id(), ORDER, T0.plusMillis(millis), event, reason, detail, action, "shop@1234"));
    }

    @Test
    void givenAHealedIncident_thenEverythingThatIsKnownIsTold() {
        Postmortem postmortem = healed();
        Impact impact = new Impact(
                postmortem.from(), postmortem.to(T0.plusSeconds(99)), 1234.4, 12.2, Optional.of(budget(0.0417)));

        String page = postmortem.markdown(new Fact.Known<>(impact, T0));

        assertThat(page)
                .startsWith("# Postmortem: TaskStuck on selfheal/order\n")
                .contains("| incident | 0001-a |")
                .contains("| state | over since " + T0.plusSeconds(12) + " |")
                .contains("| actions | 1, of them without success: 0 |")
                .contains("about 1,234 requests, of which about 12 failed (0.9883 %)")
                .contains("Error budget spent: 4.170 % of what may fail, at an objective of 99.90 %,"
                        + " of the about 292,566 requests known of the last 30 days.")
                .contains("| start of the first alert | its arrival here | 1.5 s |")
                .contains("| its arrival here | the fleet taking the first action | 2.2 s |")
                .contains("| start of the first alert | the service well | 10.5 s |")
                .contains("| " + T0.plusMillis(2000) + " | ACT | SICK_TASK | an alert names it |")
                .contains("| restart-task | SICK_TASK, an alert names it | ACTION_ACCEPTED done; VERIFIED every task")
                .contains("- " + T0.plusMillis(100) + " COOLDOWN: the healer refuses to act, acted a moment ago")
                .contains("\\{severity\\=page\\}");
        assertThat(postmortem.from()).isEqualTo(T0.minusMillis(61_500));
        assertThat(postmortem.to(T0.plusSeconds(99))).isEqualTo(T0.plusSeconds(12));
        assertThat(healedAgain()).as("the same input, the same text").isEqualTo(healedAgain());
    }

    @Test
    void givenAHistoryOfMinutes_thenTheBudgetIsSpentManyTimes_andThePageSaysOfHowMuch() {
        Impact impact = new Impact(T0, T0.plusSeconds(60), 3350, 659, Optional.of(budget(117.9)));

        assertThat(healed().markdown(new Fact.Known<>(impact, T0)))
                .contains("Error budget spent: 118 times what may fail, at an objective of 99.90 %, of the about");
    }

    private static Impact.Budget budget(double spent) {
        return new Impact.Budget(0.999, Duration.ofDays(30), 292_566, spent);
    }

    private static String healedAgain() {
        return new PostmortemTest().healed().markdown(NOTHING);
    }

    @Test
    void givenAnOpenIncidentWithoutAnything_thenBlanksSaySo_andUnknownImpactIsNeverZero() {
        Incident incident = Incident.open(new IncidentId("a"), ORDER, T0);
        Postmortem postmortem = new Postmortem(incident, List.of());

        assertThat(postmortem.to(T0.plusSeconds(7))).isEqualTo(T0.plusSeconds(7));
        assertThat(postmortem.markdown(NOTHING))
                .contains("# Postmortem: selfheal/order\n")
                .contains("| state | not over |")
                .contains("Not known: no Prometheus. This is not to say that nobody was affected.")
                .contains("| its arrival here | the fleet taking the first action | did not happen |")
                .contains("Nothing is written.\n", "No alert.\n", "None.\n", "Nothing was refused.\n")
                .doesNotContain("about 0");
        assertThat(postmortem.markdown(new Fact.Known<>(new Impact(T0, T0.plusSeconds(1), 0, 0, Optional.empty()), T0)))
                .contains("about 0 requests, of which about 0 failed (no share)")
                .contains("Error budget spent: not known.");
    }

    private record Attack(String name, String text) {}

    @TestFactory
    Stream<DynamicTest> whateverComesFromOutside_thenItAddsNoStructure() {
        String plain = shape("harmless");
        return Stream.of(
                        new Attack("a heading", "x\n# Approved\n"),
                        new Attack("a table cell", "x | y | z"),
                        new Attack("an escaped pipe", "x \\| y \\"),
                        new Attack("a link", "[click](http://evil.example)"),
                        new Attack("an image", "![x](http://evil.example/p.png)"),
                        new Attack("a bare address", "http://evil.example www.evil.example"),
                        new Attack("html", "<script>alert(1)</script><img src=x onerror=y>"),
                        new Attack("an entity", "&lt;b&gt; &#124;"),
                        new Attack("a code fence", "```\nx\n```"),
                        new Attack("a comment", "<!-- x -->"),
                        new Attack("emphasis", "**x** __y__ ~~z~~"),
                        new Attack("odd line ends", "x\r\u2028\u2029\u0085# y"),
                        new Attack("a turned direction", "abc\u202Efdp.exe"),
                        new Attack("a mention", "@everyone #1"))
                .map(attack -> DynamicTest.dynamicTest(attack.name(), () -> {
                    assertThat(shape(attack.text())).isEqualTo(plain);
                    assertThat(page(attack.text()))
                            .doesNotContain("<")
                            .doesNotContain("\u202E")
                            .doesNotContainPattern("(?<!\\\\)[\\[\\]`~@]");
                }));
    }

    private static String page(String outside) {
        PostmortemTest test = new PostmortemTest();
        Incident incident = incident(outside, Map.of("alertname", outside, outside, "x"));
        test.write(incident, 0, Event.SIGNAL, Reason.ALERT_FIRING, outside, Optional.empty());
        test.write(incident, 1, Event.ACT, Reason.SICK_TASK, outside, Optional.of(new Action.Redeploy(ORDER)));
        test.write(incident, 2, Event.ESCALATE, Reason.STORM, outside, Optional.empty());
        return new Postmortem(incident, test.history).markdown(new Fact.Unknown<>(outside));
    }

    /** Lines and cells, which is all the structure that the page has. */
    private static String shape(String outside) {
        StringBuilder shape = new StringBuilder();
        page(outside).lines().forEach(line -> {
            String marks = line.replaceAll("\\\\.", "");
            shape.append(marks.startsWith("#") ? "#" : marks.startsWith("-") ? "-" : "")
                    .append(marks.chars().filter(c -> c == '|').count())
                    .append('\n');
        });
        return shape.toString();
    }

    @Test
    void whenATextIsLong_thenItIsCut_notWithinACharacter() {
        String emoji = "x".repeat(299) + "😀".repeat(50);
        assertThat(Markdown.text(emoji)).isEqualTo("x".repeat(299) + "…");
        assertThat(Times.words(Duration.ofSeconds(65))).isEqualTo("1 min 5 s");
        assertThat(Times.words(Duration.ofMinutes(121))).isEqualTo("2 h 1 min");
        assertThat(Times.words(Duration.ofSeconds(-3))).isEqualTo("0.0 s");
    }

    @Test
    void whatAnActionWentByIsThereInFull_alsoWhereItIsLong() {
        Incident incident = Fixtures.resolved(incident("TaskStuck", Map.of()), T0.plusSeconds(12));
        String lines = "it logged: " + "boom ".repeat(200);
        write(
                incident,
                2000,
                Event.ACT,
                Reason.SICK_TASK,
                lines + "trace 0af7",
                Optional.of(new Action.RestartTask(ORDER, task(1))));

        assertThat(new Postmortem(incident, history).markdown(NOTHING))
                .contains("went by: it logged\\: boom boom")
                .contains("boom trace 0af7\n");
    }
}
