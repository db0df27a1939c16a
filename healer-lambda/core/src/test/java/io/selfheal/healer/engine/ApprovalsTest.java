package io.selfheal.healer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.approval.ApprovalLinks;
import io.selfheal.healer.approval.Ticket;
import io.selfheal.healer.engine.Approvals.Verdict;
import io.selfheal.healer.engine.Approvals.Why;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.IncidentState;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.testkit.HealerBench;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** An action that takes a person's yes, from the question to the deed or its refusal. */
class ApprovalsTest {
    private static final ApprovalLinks LINKS =
            ApprovalLinks.to("https://healer.example/", text -> "key1-" + Integer.toHexString(text.hashCode()));

    private final HealerBench.World world = new HealerBench.World();
    private final ServiceId order = world.fleet.service("order", 3);
    private final HealerBench healer = healer();
    private final TaskId victim = world.fleet.tasksOf(order).getFirst();
    private final Approvals approvals =
            new Approvals(world.store, world.store, LINKS, world.clock, (incident, entries) -> {});

    private record Link(Ticket ticket, String signature) {
        private static final Pattern FORM = Pattern.compile("https://healer\\.example/approvals/([^?]+)"
                + "\\?attempt=(\\d+)&action=([0-9a-f]{32})&expires=(\\d+)&signature=(.+)");

        static Link parse(String url) {
            Matcher parts = FORM.matcher(url);
            assertThat(parts.matches()).as(url).isTrue();
            return new Link(
                    new Ticket(
                            new IncidentId(parts.group(1)),
                            Integer.parseInt(parts.group(2)),
                            parts.group(3),
                            Instant.ofEpochSecond(Long.parseLong(parts.group(4)))),
                    parts.group(5));
        }
    }

    private HealerBench healer() {
        String ladder = "ladder: [restart-task, redeploy, escalate]";
        String approval = "    approval: [restart-task, redeploy]";
        return world.healer(world.parts()
                .withLinks(LINKS)
                .withPolicies(HealerBench.POLICIES.replace(
                        ladder, String.join("\n", ladder, approval, "    approvalExpiry: PT10M"))));
    }

    private Link asked() {
        healer.fires(world.alert("TaskStuck", order, victim));
        return lastLink();
    }

    private Link lastLink() {
        String detail = world.store.history(world.latest(order).id()).stream()
                .filter(entry -> entry.reason() == Reason.APPROVAL_REQUIRED)
                .map(HistoryEntry::detail)
                .reduce((earlier, later) -> later)
                .orElseThrow();
        return Link.parse(detail.substring(detail.indexOf("https://")));
    }

    private Verdict approve(Link link) {
        return approvals.approve(link.ticket(), link.signature(), "ann's machine");
    }

    private void assertRefused(Verdict verdict, Why why) {
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Refused.class, refused -> assertThat(refused.why())
                .isEqualTo(why));
    }

    @Test
    void whenAPersonSaysYes_thenExactlyThatIsDone_once() {
        Link link = asked();
        healer.run(Duration.ofSeconds(30));
        assertThat(world.actions()).isEmpty();
        assertThat(approvals.look(link.ticket(), link.signature())).isInstanceOf(Verdict.Open.class);

        assertThat(approve(link)).isInstanceOf(Verdict.Approved.class);
        healer.run(Duration.ofSeconds(10));

        assertThat(world.actions()).containsExactly(new Action.RestartTask(order, victim));
        assertThat(world.reasons(order))
                .containsSubsequence(Reason.APPROVAL_REQUIRED, Reason.APPROVED, Reason.SICK_TASK);
    }

    @Test
    void whenNobodySaysYesInTime_thenItIsNotDone_andAPersonIsCalled() {
        Link link = asked();
        healer.run(Duration.ofMinutes(10).plusSeconds(5));

        assertThat(world.actions()).isEmpty();
        assertThat(world.latest(order).state())
                .isInstanceOfSatisfying(IncidentState.Escalated.class, state -> assertThat(state.reason())
                        .isEqualTo(Reason.NOT_APPROVED));
        assertRefused(approve(link), Why.LATE);
        assertThat(world.reasons(order)).endsWith(Reason.APPROVAL_REFUSED);
    }

    @Test
    void whenTheLinkIsUsedAgain_thenItIsRefusedAndRecorded_beforeTheActionAndAfterIt() {
        Link link = asked();
        approve(link);
        assertRefused(approve(link), Why.USED);
        healer.step();
        healer.step();
        assertRefused(approve(link), Why.USED);
        healer.run(Duration.ofSeconds(10));

        assertThat(world.actions()).hasSize(1);
        assertThat(world.reasons(order).stream().filter(Reason.APPROVAL_REFUSED::equals))
                .hasSize(2);
        assertRefused(approve(link), Why.LATE);
    }

    @TestFactory
    Stream<DynamicTest> whenAnythingInTheLinkIsChanged_thenItIsForged() {
        Link link = asked();
        Ticket good = link.ticket();
        int before = world.reasons(order).size();
        Map<String, Ticket> changed = Map.of(
                "the incident", new Ticket(new IncidentId("other"), good.attempt(), good.action(), good.expiresAt()),
                "the attempt", new Ticket(good.incident(), 2, good.action(), good.expiresAt()),
                "the action", new Ticket(good.incident(), good.attempt(), "0".repeat(32), good.expiresAt()),
                "the end",
                        new Ticket(
                                good.incident(),
                                good.attempt(),
                                good.action(),
                                good.expiresAt().plusSeconds(1)));
        return Stream.concat(
                        changed.entrySet().stream()
                                .map(one -> Map.entry(one.getKey(), new Link(one.getValue(), link.signature()))),
                        Stream.of(
                                        "",
                                        "key1-",
                                        link.signature() + "0",
                                        link.signature().replace("key1", "key2"))
                                .map(other -> Map.entry("the signature: '" + other + "'", new Link(good, other))))
                .map(one -> DynamicTest.dynamicTest(one.getKey(), () -> {
                    assertRefused(approve(one.getValue()), Why.FORGED);
                    assertThat(world.latest(order).asked().orElseThrow().grantedAt())
                            .isEmpty();
                    assertThat(world.reasons(order)).hasSize(before);
                }));
    }

    @Test
    void whenSomethingElseIsProposedMeanwhile_thenTheOldLinkApprovesNothing_andTheNewOneDoes() {
        Link old = asked();
        TaskId other = world.fleet.tasksOf(order).get(1);
        world.fleet.crash(victim);
        healer.run(Duration.ofSeconds(10));
        healer.fires(world.alert("TaskStuck", order, other));
        healer.run(Duration.ofSeconds(2));

        Incident incident = world.latest(order);
        assertThat(incident.asked().orElseThrow().action()).isEqualTo(new Action.RestartTask(order, other));
        Verdict verdict = approve(old);
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        healer.run(Duration.ofSeconds(5));
        assertThat(world.actions()).isEmpty();

        assertThat(approve(lastLink())).isInstanceOf(Verdict.Approved.class);
        healer.run(Duration.ofSeconds(5));
        assertThat(world.actions()).containsExactly(new Action.RestartTask(order, other));
    }

    @Test
    void whenManyApproveAtOnceAndTwoHealersLook_thenOneYesAndOneAction() throws Exception {
        Link link = asked();
        HealerBench second = healer();
        int many = 4;
        CyclicBarrier together = new CyclicBarrier(many);
        try (ExecutorService threads = Executors.newFixedThreadPool(many)) {
            List<Callable<Boolean>> calls = Stream.generate(() -> (Callable<Boolean>) () -> {
                        together.await();
                        return approve(link) instanceof Verdict.Approved;
                    })
                    .limit(many)
                    .toList();
            int yes = 0;
            for (Future<Boolean> one : threads.invokeAll(calls)) {
                yes += one.get() ? 1 : 0;
            }
            assertThat(yes).isEqualTo(1);
        }
        for (int i = 0; i < 20; i++) {
            healer.step();
            second.remediator().tick();
        }
        assertThat(world.actions()).containsExactly(new Action.RestartTask(order, victim));
    }

    @Test
    void whenNoKeyIsConfigured_thenTheHistorySaysThatNobodyCan_andItEndsWithANo() {
        HealerBench keyless = world.healer(healer.parts().withLinks(ApprovalLinks.NONE));
        keyless.fires(world.alert("TaskStuck", order, victim));
        String said = world.store.history(world.latest(order).id()).getLast().detail();
        assertThat(said).contains("no approval key is configured").doesNotContain("http");

        keyless.run(Duration.ofMinutes(11));
        assertThat(world.actions()).isEmpty();
        assertThat(world.reasons(order)).contains(Reason.NOT_APPROVED);
    }

    @Test
    void whenTheHealerStartsAnew_thenTheQuestionIsNotAskedTwice_andTheYesStillCounts() {
        Link link = asked();
        HealerBench reborn = healer();
        reborn.run(Duration.ofSeconds(5));
        assertThat(world.reasons(order).stream().filter(Reason.APPROVAL_REQUIRED::equals))
                .hasSize(1);

        approve(link);
        healer().run(Duration.ofSeconds(10));
        assertThat(world.actions()).hasSize(1);
    }
}
