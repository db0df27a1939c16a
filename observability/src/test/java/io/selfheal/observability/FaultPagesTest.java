package io.selfheal.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queries that docs/faults gives to people are PromQL, and its alerts are ours. */
class FaultPagesTest {
    private static final Path PAGES = Rendered.MODULE.resolve("../docs/faults").normalize();
    private static final Pattern QUERY = Pattern.compile("```promql\n(.*?)```", Pattern.DOTALL);
    private static final Pattern RUNBOOK = Pattern.compile("\\(\\.\\./runbooks/(\\w+)\\.md\\)");

    @Test
    void givenThePages_whenPromtoolReadsTheirQueries_thenEachIsValid(@TempDir Path dir) throws IOException {
        List<String> queries = found(QUERY);
        assertThat(queries).hasSizeGreaterThan(20);
        StringBuilder rules = new StringBuilder("groups:\n- name: pages\n  rules:\n");
        for (int i = 0; i < queries.size(); i++) {
            rules.append("  - record: page:query").append(i).append("\n    expr: |\n");
            queries.get(i)
                    .lines()
                    .forEach(line -> rules.append("      ").append(line).append('\n'));
        }
        Path file = Files.writeString(dir.resolve("pages.yml"), rules);

        Tool.Run run = Tool.PROMTOOL.run("check", "rules", file.toString());

        assertThat(run.exit()).as(run.output()).isZero();
    }

    @Test
    void givenThePages_thenTheAlertsThatTheyNameExist() throws IOException {
        List<String> alerts = new Rendered(Profile.PRODUCTION)
                .alerts().stream()
                        .map(rule -> String.valueOf(rule.get("alert")))
                        .toList();

        assertThat(found(RUNBOOK)).isNotEmpty().isSubsetOf(alerts);
    }

    private static List<String> found(Pattern pattern) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> pages = Files.list(PAGES)) {
            for (Path page : pages.sorted().toList()) {
                Matcher matcher = pattern.matcher(Files.readString(page));
                while (matcher.find()) {
                    found.add(matcher.group(1));
                }
            }
        }
        return found;
    }
}
