package io.selfheal.healer.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.policy.PolicyFile;
import org.junit.jupiter.api.Test;

class WhatIfTest {
    private static final Policies POLICIES = PolicyFile.parse("p.yaml", """
            version: 1
            name: demo
            policies:
              - name: service
                match: ['alertname="ServiceLatency"']
                ladder: [redeploy]
              - name: sick-task
                match: ['alertname=~"Task.+"']
                ladder: [restart-task, escalate]
                mode: act
            """);

    private static final String WEBHOOK = """
            {"version": "4", "alerts": [{"status": "firing", "startsAt": "2026-05-01T10:00:00Z", "labels":
              {"alertname": "%s", "service_name": "order", "task_arn": "arn/a"}}]}
            """;

    private static String explain(String alert, String facts) {
        WhatIf whatIf = new WhatIf(POLICIES, facts.isEmpty() ? Facts.assumed() : Facts.parse("facts.json", facts));
        return whatIf.explain(whatIf.alerts("alert.json", WEBHOOK.formatted(alert), "selfheal"));
    }

    @Test
    void givenNoFacts_thenTheAssumptionsAreSaid_andEveryStepToTheDecision() {
        assertThat(explain("TaskStuck", "")).isEqualTo("""
                service   selfheal/order at 2026-05-01T10:00:00Z
                alert     TaskStuck on task a since 2026-05-01T10:00:00Z
                  service        does not match: alertname="ServiceLatency"
                  sick-task      matches
                assumed   3 tasks long up, those that an alert names probed unready, the others healthy; no deployment; \
                no pause; no silence; no action lately; no other service ill
                diagnosis 3 of 3 tasks run, 1 sick, 1 alerts stand
                policy    sick-task of %s governs: restart-task, escalate
                proposal  restart-task: SICK_TASK, task a: an alert names it
                  pause          passes
                  maintenance    passes
                  silence        passes
                  storm          passes
                  deployment     passes
                  quarantine     passes
                  flapping       passes
                  cooldown       passes
                  budgets        passes
                  evidence       passes
                  many sick      passes
                  callees        passes
                  left over      passes
                  confirmation   passes
                  warm-up        passes
                  healthy floor  passes
                  shadow         passes
                  approval       passes
                decision  ACT restart-task arn/a: SICK_TASK, task a: an alert names it
                """.formatted(POLICIES.label()));
    }

    @Test
    void givenFactsThatForbidIt_thenEveryRefusalIsShown_andTheFirstDecides() {
        String text = explain("TaskStuck", """
                {"now": "2026-05-01T10:00:30Z", "desired": 2,
                 "tasks": [{"task": "arn/a", "health": "unresponsive"}, {"task": "arn/b", "health": "unknown"}],
                 "silences": [{"matchers": ["alertname=\\"TaskStuck\\""], "owner": "zoe", "until": "2026-05-01T10:30:00Z"}],
                 "pauses": [{"reason": "moving house", "owner": "eve", "until": "2026-05-01T11:00:00Z"}],
                 "actions": [{"at": "2026-05-01T10:00:00Z"}],
                 "openings": [{"service": "selfheal/x", "at": "2026-05-01T10:00:00Z"},
                              {"service": "selfheal/y", "at": "2026-05-01T10:00:10Z"}]}
                """);

        assertThat(text)
                .contains("assumed   no deployment\n")
                .contains("  pause          REFUSES PAUSED: paused by eve")
                .contains("  silence        REFUSES SILENCED: silenced by zoe until 2026-05-01T10:30:00Z")
                .contains("  storm          REFUSES STORM")
                .contains("  cooldown       REFUSES COOLDOWN")
                .contains("  healthy floor  REFUSES HEALTHY_FLOOR: 0 other healthy tasks, 1 required")
                .contains("  budgets        passes")
                .contains("decision  SUPPRESS, look again at 2026-05-01T10:00:31Z: PAUSED, ");
    }

    @Test
    void givenFactsThatAreUnknown_thenItRefuses() {
        assertThat(explain("TaskStuck", "{\"unknown\": [\"ledger\"]}"))
                .contains("  cooldown       REFUSES FACTS_UNKNOWN: ledger: ledger is written down as unknown");
        assertThat(explain("TaskStuck", "{\"unknown\": [\"service\"]}"))
                .contains("diagnosis unknown: service is written down as unknown")
                .contains("decision  SUPPRESS");
    }

    @Test
    void givenAnAlertThatNoPolicyMatches_thenAHuman() {
        assertThat(explain("DiskFull", ""))
                .contains("  sick-task      does not match: alertname=~\"Task.+\"")
                .contains("decision  ESCALATE to a human: NO_POLICY, no policy matches DiskFull");
    }

    @Test
    void givenALineOfARecordedHistory_thenItIsUnderstood() {
        String line = "{\"at\":\"2026-05-01T10:00:00Z\",\"kind\":\"firing\",\"service\":\"selfheal/order\","
                + "\"labels\":{\"alertname\":\"TaskDown\",\"task_arn\":\"arn/a\"}}";

        WhatIf whatIf = new WhatIf(POLICIES, Facts.assumed());

        assertThat(whatIf.explain(whatIf.alerts("a.json", line, "selfheal")))
                .contains("decision  ACT restart-task arn/a");
    }

    @Test
    void givenBadInput_thenItSaysWhereAndWhatIsExpected() {
        WhatIf whatIf = new WhatIf(POLICIES, Facts.assumed());
        assertThatThrownBy(() -> whatIf.alerts("a.json", "{}", "selfheal"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("a.json: not a format that is known: expected an Alertmanager");
        assertThatThrownBy(
                        () -> whatIf.alerts("a.json", WEBHOOK.formatted("X").replace("firing", "resolved"), "selfheal"))
                .hasMessageStartingWith("a.json: ");
        assertThatThrownBy(() -> Facts.parse("f.json", "{\"task\": []}"))
                .hasMessage(
                        "f.json: task: is not known; known here: actions, deployment, desired, now, openings, pauses,"
                                + " silences, tasks, unknown");
        assertThatThrownBy(() -> Facts.parse("f.json", "{\"tasks\": [{\"task\": \"a\", \"health\": \"fine\"}]}"))
                .hasMessageContaining("expected healthy, unready, unresponsive or unknown, was 'fine'");
        assertThatThrownBy(() -> Facts.parse("f.json", "{\"unknown\": [\"weather\"]}"))
                .hasMessageContaining(
                        "unknown: expected any of ledger, openings, pauses, service, silences, was 'weather'");
    }
}
