package io.selfheal.healer.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.incident.Reason;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A row of a table of decisions: a situation, and what is decided there for which reason. */
record DecisionRow(String name, DecisionCase given, Class<? extends Decision> decision, Reason reason) {

    /** One test for each row. */
    static Stream<DynamicTest> table(DecisionRow... rows) {
        return Stream.of(rows)
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    Decision decision = row.given().decide();
                    assertThat(decision).isInstanceOf(row.decision());
                    assertThat(decision.reason()).isEqualTo(row.reason());
                }));
    }
}
