package io.selfheal.healer.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealerCommandsTest {
    private static final String POLICY = "src/test/resources/policy.yaml";

    private static final String ALERT = "{\"at\":\"2026-05-01T10:00:00Z\",\"kind\":\"firing\","
            + "\"service\":\"selfheal/order\",\"labels\":{\"alertname\":\"TaskStuck\",\"service_name\":\"order\","
            + "\"task_arn\":\"arn/a\"}}";

    private final Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    HealerCommandsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private int run(String... args) {
        return HealerCommands.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void givenNoCommand_thenTheServerIsMeant() {
        assertThat(HealerCommands.areMeantBy(new String[] {})).isFalse();
        assertThat(HealerCommands.areMeantBy(new String[] {"-micronaut.server.port=1"}))
                .isFalse();
        assertThat(HealerCommands.areMeantBy(new String[] {"lint"})).isTrue();
        assertThat(HealerCommands.areMeantBy(new String[] {"--help"})).isTrue();
    }

    @Test
    void givenAnUnknownCommand_thenItIsNamedWithTheListOfThoseThatAre() {
        assertThat(run("heal")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("unknown command 'heal'; there are: ")
                .contains("lint", "explain", "backtest", "without a command the server starts");
    }

    @Test
    void givenACommandWithoutWhatItNeeds_thenItSaysWhat() {
        assertThat(run("explain", POLICY)).isEqualTo(2);
        assertThat(err.toString()).contains("--alert=ALERT.json");
    }

    @Test
    void whenMigrating_thenTheStoreIsMade_andASecondTimeChangesNothing() {
        String url = "jdbc:h2:file:" + folder.resolve("store").toAbsolutePath();
        assertThat(run("migrate", "--jdbc-url", url)).isZero();
        assertThat(folder.resolve("store.mv.db")).isNotEmptyFile();
        assertThat(run("migrate", "--jdbc-url", url)).isZero();
        assertThat(out.toString()).isEqualTo("the store is up to date\n".repeat(2));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void givenAStoreThatCannotBe_whenMigrating_thenItSaysWhy() {
        assertThat(run("migrate", "--jdbc-url", "jdbc:mysql://db/healer")).isEqualTo(2);
        assertThat(err.toString()).contains("expected jdbc:h2:... or jdbc:postgresql:...");
    }

    @Test
    void whenLinting_thenGoodFilesPass_andEveryMistakeIsToldWithFileLineAndField() throws IOException {
        String bad = file("bad.yaml", "version: 1\nname: x\npolicies:\n  - name: one\n    ladder: [jump]\n");

        assertThat(run("lint", POLICY)).isZero();
        assertThat(out.toString()).startsWith(POLICY + ": good, 1 policies, test@");
        assertThat(run("lint", bad, "no/such.yaml", POLICY)).isEqualTo(2);
        assertThat(err.toString())
                .contains(bad + ":4: policies[0].match: is missing")
                .contains(bad + ":5: policies[0].ladder: unknown rung 'jump'")
                .contains("no/such.yaml: there is no such file");
    }

    @Test
    void whenExplaining_thenTheDecisionAndItsReasonAreSaid() throws IOException {
        assertThat(run("explain", POLICY, "--alert", file("alert.json", ALERT))).isZero();
        assertThat(out.toString()).contains("decision  ACT restart-task arn/a");

        String facts = file("facts.json", "{\"desired\": 3, \"tasks\": [{\"task\": \"arn/a\"}]}");
        assertThat(run("explain", POLICY, "--alert", file("alert.json", ALERT), "--facts", facts))
                .isZero();
        assertThat(out.toString()).contains("healthy floor  REFUSES HEALTHY_FLOOR");

        assertThat(run("explain", POLICY, "--alert", file("none.json", "[]"))).isEqualTo(2);
        assertThat(err.toString()).contains("none.json: expected one JSON object");
    }

    @Test
    void whenBacktesting_thenPoliciesAreCompared() throws IOException {
        String history = file("history.jsonl", ALERT + "\n");
        String shadow = file("shadow.yaml", Files.readString(Path.of(POLICY)).replace("mode: act", "mode: shadow"));

        assertThat(run("backtest", history, POLICY)).isZero();
        assertThat(out.toString()).contains("ACT SICK_TASK restart-task");
        assertThat(run("backtest", history, POLICY, shadow)).isZero();
        assertThat(out.toString()).contains("incidents decided differently: 1");

        assertThat(run("backtest", file("broken.jsonl", ALERT + "\n{\n"), POLICY))
                .isEqualTo(2);
        assertThat(err.toString()).contains("broken.jsonl:2: not JSON");
        assertThat(run("backtest", history, POLICY, "--tasks", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--tasks: expected 1 to 1000, was 0");
    }
}
