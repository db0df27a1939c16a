package io.selfheal.healer.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.healer.incident.IncidentState.Phase;
import io.selfheal.healer.incident.Transitions.Event;
import io.selfheal.healer.incident.Transitions.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TransitionsTest {
    private static final Path PAGE = Path.of("../../docs/incident-states.md");

    private static Stream<Row> everyTriple() {
        return Stream.of(Phase.values()).flatMap(from -> Stream.of(Event.values())
                .flatMap(event -> Stream.of(Phase.values()).map(to -> new Row(from, event, to))));
    }

    @TestFactory
    Stream<DynamicTest> eachRowIsPermittedAndEverythingElseRejected() {
        return everyTriple()
                .map(row -> DynamicTest.dynamicTest(row.toString(), () -> {
                    if (Transitions.rows().contains(row)) {
                        assertThatCode(() -> Transitions.check(row.from(), row.event(), row.to()))
                                .doesNotThrowAnyException();
                    } else {
                        assertThatThrownBy(() -> Transitions.check(row.from(), row.event(), row.to()))
                                .isInstanceOf(IllegalStateException.class);
                    }
                }));
    }

    @Test
    void noRowIsTwiceAndNoEventLeadsTwoWays() {
        List<Row> rows = Transitions.rows();

        assertThat(rows).doesNotHaveDuplicates();
        assertThat(rows.stream().map(row -> row.from() + " " + row.event())).doesNotHaveDuplicates();
    }

    @Test
    void nothingLeadsOutOfResolvedAndEverythingLeadsThere() {
        assertThat(Transitions.rows()).noneMatch(row -> row.from() == Phase.RESOLVED);
        HashSet<Phase> reaching = new HashSet<>(List.of(Phase.RESOLVED));
        for (int i = 0; i < Phase.values().length; i++) {
            Transitions.rows().stream()
                    .filter(row -> reaching.contains(row.to()))
                    .forEach(row -> reaching.add(row.from()));
        }
        assertThat(reaching).containsExactlyInAnyOrder(Phase.values());
    }

    @Test
    void theDocumentationShowsTheTable() throws IOException {
        assertThat(PAGE).exists();
        assertThat(Files.readString(PAGE))
                .as("docs/incident-states.md is out of date; its diagram should be\n%s", Transitions.diagram())
                .contains("```mermaid\n" + Transitions.diagram() + "```");
    }
}
