package io.selfheal.healer.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.incident.Reason;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A row of a table of decisions: a situation, and what is decided there for which reason. */
record DecisionRow(
        String name, DecisionCase given, Class<? extends Decision> decision, Optional<Action> action, Reason reason) {

    DecisionRow(String name, DecisionCase given, Class<? extends Decision> decision, Reason reason) {
        this(name, given, decision, Optional.empty(), reason);
    }

    /** Where just this is done. */
    static DecisionRow does(String name, DecisionCase given, Action action, Reason reason) {
        return new DecisionRow(name, given, Decision.Act.class, Optional.of(action), reason);
    }

    /** One test for each row. */
    static Stream<DynamicTest> table(DecisionRow... rows) {
        return Stream.of(rows)
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    Decision decision = row.given().decide();
                    assertThat(decision).isInstanceOf(row.decision());
                    assertThat(decision.reason()).isEqualTo(row.reason());
                    row.action().ifPresent(action -> assertThat(decision)
                            .isInstanceOfSatisfying(Decision.Act.class, act -> assertThat(act.action())
                                    .isEqualTo(action)));
                }));
    }
}
