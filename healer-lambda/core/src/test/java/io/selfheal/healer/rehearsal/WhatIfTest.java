package io.selfheal.healer.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.policy.PolicyFile;
import org.junit.jupiter.api.Nested;
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
                evidence  not gathered: no policy requires any, nor has a rung that goes by it
                diagnosis 3 of 3 tasks run, 1 sick, 1 alerts stand
                policy    sick-task of %s governs: restart-task, escalate
                cause     the service itself: nothing beyond its own tasks explains it (not looked for: bad release, the \
                ladder has no roll-back, retry storm, the ladder has no shed)
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
    void givenAnAlarmOfCloudWatch_thenTheMappingOfThePoliciesSaysWhatItIsAbout() {
        Policies mapped = PolicyFile.parse("p.yaml", """
                version: 1
                name: mapped
                alarms: [{match: ['alertname="queue-too-long"'], service: order, labels: {alertname: ErrorBurst}}]
                policies: [{name: burst, match: ['alertname="ErrorBurst"'], ladder: [escalate]}]
                """);
        WhatIf whatIf = new WhatIf(mapped, Facts.assumed());
        String alarm = """
                {"AlarmName":"queue-too-long","NewStateValue":"ALARM","StateChangeTime":"2026-05-01T10:00:00.000+0000",
                 "AlarmArn":"arn:aws:cloudwatch:eu-west-1:000000000000:alarm:queue-too-long"}
                """;

        assertThat(whatIf.explain(whatIf.alerts("alarm.json", alarm, "selfheal")))
                .contains(
                        "service   selfheal/order",
                        "alert     ErrorBurst since 2026-05-01T10:00:00Z",
                        "policy    burst");
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
                        "f.json: task: is not known; known here: actions, deployment, desired, evidence, now, openings, pauses,"
                                + " silences, tasks, unknown");
        assertThatThrownBy(() -> Facts.parse("f.json", "{\"tasks\": [{\"task\": \"a\", \"health\": \"fine\"}]}"))
                .hasMessageContaining("expected healthy, unready, unresponsive or unknown, was 'fine'");
        assertThatThrownBy(() -> Facts.parse("f.json", "{\"unknown\": [\"weather\"]}"))
                .hasMessageContaining(
                        "unknown: expected any of ledger, openings, pauses, service, silences, was 'weather'");
    }

    @Nested
    class GivenEvidence {
        private static final String RELEASES =
                "\"releases\": [{\"revision\": \"order:3\", \"startedAt\": \"2026-05-01T08:00:00Z\"},"
                        + " {\"revision\": \"order:4\", \"startedAt\": \"2026-05-01T09:59:00Z\", \"status\": \"in_progress\"}]";

        private static Policies byCause(String requires) {
            return PolicyFile.parse("p.yaml", """
                version: 1
                name: by-cause
                calls: {order: [product]}
                policies:
                  - name: sick-task
                    match: ['alertname=~"Task.+"']
                    ladder: [roll-back, degrade, shed, restart-task, escalate]
                    mode: act
                    requires: [%s]
                """.formatted(requires));
        }

        private static String explain(String requires, String evidence, String revision, String others) {
            String facts = """
                    {"tasks": [{"task": "arn/a", "health": "%3$s", "revision": "%1$s"}, {"task": "arn/b", "revision": "%1$s"},
                               {"task": "arn/c", "revision": "order:3"}],
                     "evidence": {%2$s}}
                    """.formatted(revision, evidence, others);
            WhatIf byCause = new WhatIf(byCause(requires), Facts.parse("facts.json", facts));
            return byCause.explain(byCause.alerts("alert.json", WEBHOOK.formatted("TaskStuck"), "selfheal"));
        }

        @Test
        void whenAllTasksOfAReleaseFail_thenTheCauseIsTheRelease_andItIsRolledBack() {
            String text = explain(
                    "",
                    RELEASES + ", \"vitals\": [{\"task\": \"arn/b\", \"requestsPerSecond\": 20, \"errorPercent\": 60},"
                            + " {\"task\": \"arn/c\", \"requestsPerSecond\": 20}]",
                    "order:4",
                    "unready");

            assertThat(text)
                    .contains("""
                            evidence
                              vitals         b: 20.0 requests a second, 60 % errors, 0 % slow; c: 20.0 requests a second, 0 % errors, 0 % slow
                              calls          UNKNOWN: not written down
                              retries        UNKNOWN: not written down
                              releases       order:4 since 2026-05-01T09:59:00Z, in_progress; order:3 since 2026-05-01T08:00:00Z, completed
                            """)
                    .contains(
                            "cause     bad release: 2 of 2 tasks of order:4 are sick, none of another revision; order:3 was good")
                    .contains("proposal  roll-back: BAD_RELEASE, ")
                    .contains("decision  ACT roll-back from order:4 to order:3: BAD_RELEASE, ");
        }

        @Test
        void whenOneTaskOfItFails_andTheOthersAreNotKnownToServeWell_thenItWaits() {
            assertThat(explain("", RELEASES, "order:4", "unready"))
                    .contains(
                            "cause     release under suspicion: 1 of 2 tasks of order:4 are sick, the others may follow")
                    .contains("proposal  nothing: RELEASE_SUSPECTED");
        }

        @Test
        void whenCallsFail_thenTheCauseIsTheCallee_andItWorksOnWithoutIt() {
            assertThat(explain(
                            "",
                            "\"calls\": [{\"to\": \"product\", \"perSecond\": 10, \"failedPercent\": 80}]",
                            "order:3",
                            "healthy"))
                    .contains("  calls          product: 10.0 a second, 80 % fail\n")
                    .contains("cause     sick callee: its calls to product fail")
                    .contains("decision  ACT degrade without product: CALLEE_SICK, its calls to product fail");
        }

        @Test
        void whenCallsRepeatFailedOnes_thenTheCauseIsARetryStorm() {
            assertThat(explain(
                            "",
                            "\"retries\": 60, \"vitals\": [{\"task\": \"arn/b\", \"requestsPerSecond\": 20, \"slowPercent\": 90}]",
                            "order:3",
                            "unready"))
                    .contains("  retries        60 % of the calls to it are repeats\n")
                    .contains("cause     retry storm: 60 % of its calls repeat calls that had failed");
        }

        @Test
        void whenWhatThePolicyRequiresIsMissing_thenItRefuses_withTheReasonOfTheSource() {
            assertThat(explain(
                            "logs, trace",
                            "\"logs\": [{\"task\": \"arn/a\", \"line\": \"boom, password=x\"}],"
                                    + "\"missing\": {\"trace\": \"Prometheus: connection refused\"}",
                            "order:3",
                            "unready"))
                    .contains("  logs           a: boom, password=[redacted]\n")
                    .contains("  trace          UNKNOWN: Prometheus: connection refused\n")
                    .contains(
                            "  evidence       REFUSES EVIDENCE_MISSING: the policy wants to know the trace before it acts:"
                                    + " Prometheus: connection refused\n")
                    .contains("decision  SUPPRESS");
        }

        @Test
        void whenLogsAndATraceAreThere_thenTheDecisionQuotesThem() {
            String id = "0af7651916cd43dd8448eb211c80319c";
            assertThat(explain(
                            "logs, trace",
                            "\"logs\": [{\"task\": \"arn/a\", \"line\": \"boom\"}], \"stops\": [{\"task\": \"arn/z\", \"exitCode\": 137}],"
                                    + "\"trace\": [{\"task\": \"arn/a\", \"id\": \"" + id
                                    + "\", \"failed\": true, \"tookMillis\": 12}]",
                            "order:3",
                            "unready"))
                    .contains("  stops          z at 2026-05-01T10:00:00Z: EssentialContainerExited, exit code 137\n")
                    .contains("  trace          a: " + id + " failed after 12 ms\n")
                    .contains("trace " + id + " of a request that failed after 12 ms; it logged: boom\n");
        }

        @Test
        void givenAMistakeInIt_thenItSaysWhereAndWhatIsExpected() {
            for (String[] wrong : new String[][] {
                {"\"weather\": 1", "evidence: weather: is not known; known here: calls, logs, missing, releases,"},
                {"\"retries\": 101", "retries: expected a number from 0 to 100, was 101"},
                {
                    "\"vitals\": [{\"task\": \"a\"}]",
                    "requestsPerSecond: expected a number from 0 to 1000000, was missing"
                },
                {
                    "\"releases\": [{\"revision\": \"a\", \"startedAt\": \"2026-05-01T08:00:00Z\", \"status\": \"good\"}]",
                    "status: expected one of [IN_PROGRESS, COMPLETED, ABANDONED], was 'good'"
                },
                {"\"trace\": [{\"task\": \"a\", \"id\": \"x\"}]", "id: expected 32 hexadecimal digits, was 'x'"},
                {"\"retries\": 1, \"missing\": {\"retries\": \"away\"}", "retries: is written down, and as missing, too"
                },
            }) {
                assertThatThrownBy(() -> Facts.parse("f.json", "{\"evidence\": {" + wrong[0] + "}}"))
                        .hasMessageStartingWith("f.json: ")
                        .hasMessageContaining(wrong[1]);
            }
        }
    }
}
