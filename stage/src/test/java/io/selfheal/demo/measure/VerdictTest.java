package io.selfheal.demo.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.demo.fault.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

    @ParameterizedTest(name = "{0}: symptom {1}, well {2}, actions on [{3}], escalated {4} -> {5}, false restart {6}")
    @CsvSource({
        // A gray fault with one action on the sick task is what ought to happen.
        "hang, true, true, sick, false, HEALED, false",
        "hang, true, true, sick other, false, HEALED, true",
        "hang, true, true, other, false, HEALED, true",
        "hang, true, true, sick sick, false, HEALED, true",
        "hang, true, true, '', false, RECOVERED, false",
        "hang, true, false, sick, false, NOT_HEALED, false",
        "hang, true, false, sick, true, ESCALATED, false",
        "hang, true, false, '', true, ESCALATED, false",
        "hang, true, false, '', false, UNTOUCHED, false",
        "hang, false, true, '', false, NO_SYMPTOM, false",
        // What all tasks share is a person's: nothing is to be done before, and it is over when the fault is.
        "product-down, true, true, '', true, ESCALATED, false",
        "product-down, true, false, '', true, NOT_HEALED, false",
        "product-down, true, true, other, true, TOUCHED, true",
        "product-down, true, true, '', false, RECOVERED, false",
        "product-down, true, false, '', false, UNTOUCHED, false",
        "product-down, false, true, '', false, NO_SYMPTOM, false",
        // Callers may be told to do without it, the service itself may not be touched.
        "slow-dependency, true, true, ~, true, ESCALATED, false",
        "slow-dependency, true, true, ~ =, true, ESCALATED, false",
        "slow-dependency, true, true, ~ other, true, TOUCHED, true",
        "slow-dependency, true, true, product, true, TOUCHED, true",
        "slow-dependency, true, false, ~, true, NOT_HEALED, false",
        "product-down, true, true, ~, true, ESCALATED, false",
        // Where the tasks are too few, one scale-out is what ought to happen.
        "saturation, true, true, +, false, HEALED, false",
        "saturation, true, true, + +, false, HEALED, true",
        "saturation, true, true, other, false, HEALED, true",
        "saturation, true, false, +, false, NOT_HEALED, false",
        "saturation, true, false, '', false, UNTOUCHED, false",
        "saturation, true, true, '', false, RECOVERED, false",
        // After a bad release one roll-back is what ought to happen, and no restart.
        "bad-release, true, true, <, false, HEALED, false",
        "bad-release, true, true, < <, false, HEALED, true",
        "bad-release, true, true, other, false, HEALED, true",
        "bad-release, true, true, +, false, HEALED, true",
        "bad-release, true, false, <, true, ESCALATED, false",
        "bad-release, true, false, '', false, UNTOUCHED, false",
        // An overload that feeds on itself: fewer requests for a while, and all of them again, is what ought to happen.
        "retry-storm, true, true, -, false, HEALED, false",
        "retry-storm, true, true, - /, false, HEALED, false",
        "retry-storm, true, true, - / -, false, HEALED, true",
        "retry-storm, true, true, - other, false, HEALED, true",
        "retry-storm, true, true, ~, false, HEALED, true",
        "retry-storm, true, false, - /, true, ESCALATED, false",
        "retry-storm, true, false, '', false, UNTOUCHED, false",
        "retry-storm, false, true, '', false, NO_SYMPTOM, false",
        // A surge and the retirement of the sick task are one action.
        "memory-leak, true, true, ^ v, false, HEALED, false",
        "memory-leak, true, true, ^ v v, false, HEALED, true",
        "memory-leak, true, true, ^ sick, false, HEALED, true",
        "memory-leak, true, true, v v, false, HEALED, true",
        "hang, true, true, ^ v, false, HEALED, false",
        // A crash is the orchestrator's.
        "crash, true, true, '', false, UNTOUCHED, false",
        "crash, true, true, other, false, TOUCHED, true",
        "crash, true, false, '', false, NOT_HEALED, false",
        "crash, false, true, '', false, NO_SYMPTOM, false",
        // A control has no symptom that lasts, and nobody may act.
        "load-spike, false, true, '', false, UNTOUCHED, false",
        "load-spike, true, true, '', false, UNTOUCHED, false",
        "load-spike, true, false, '', false, NOT_HEALED, false",
        "failed-scrape, false, true, other, false, TOUCHED, true",
    })
    void judges(
            String fault,
            boolean symptom,
            boolean well,
            String actions,
            boolean escalated,
            Outcome outcome,
            boolean falseRestart) {
        Fault what = Fault.named(fault).orElseThrow();
        Optional<String> task =
                what.ofOneTask() && what.kind() != Fault.Kind.CONTROL ? Optional.of("sick") : Optional.empty();
        List<Action> done = Arrays.stream(actions.split(" ", -1))
                .filter(target -> !target.isEmpty())
                .map(VerdictTest::action)
                .toList();

        Verdict verdict = Verdict.of(new Verdict.Seen(what, task, symptom, well, done, escalated, false));

        assertThat(verdict).isEqualTo(new Verdict(outcome, falseRestart));
    }

    private static Action action(String word) {
        return switch (word) {
            case "+" -> new Action("scale-out", "order", "done");
            case "~" -> new Action("degrade", "order", "done");
            case "=" -> new Action("restore", "order", "done");
            case "-" -> new Action("shed", "product", "done");
            case "/" -> new Action("restore", "product", "done");
            case "^" -> new Action("surge-restart", "sick", "done");
            case "v" -> new Action("retire", "sick", "done");
            case "<" -> new Action("roll-back", "order", "done");
            default -> new Action("restart-task", word, "done");
        };
    }

    @Test
    void givenItCouldBeHealedUnnoticed_whenUsersNoticed_thenItIsNotAsExpected() {
        List<Action> done = List.of(action("^"), action("v"));
        Verdict.Seen noticed = new Verdict.Seen(Fault.MEMORY_LEAK, Optional.of("sick"), true, true, done, false, true);

        assertThat(Verdict.of(noticed)).isEqualTo(new Verdict(Outcome.NOTICED, false));
        assertThat(Outcome.NOTICED.id())
                .isNotEqualTo(Fault.MEMORY_LEAK.expected(true).id());
    }

    @Test
    void givenSomethingRestartedBeforeTheRun_thenItsOutcomeStandsAndTheRestartIsFalse() {
        Verdict healed = new Verdict(Outcome.HEALED, false);

        assertThat(healed.withFalseRestart()).isEqualTo(new Verdict(Outcome.HEALED, true));
        assertThat(healed.withFalseRestart().withFalseRestart()).isEqualTo(healed.withFalseRestart());
    }
}
