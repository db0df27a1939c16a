package io.selfheal.infra;

import io.selfheal.healer.intake.Intake;
import io.selfheal.healer.intake.Parsed;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.policy.PolicyFile;
import io.selfheal.healer.signal.Signal;
import io.selfheal.infra.config.Programs;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;

/** Asks the healer's own code what it makes of an alarm. */
final class Answered {
    private Answered() {}

    /** The service that the alarm is about; what the healer would not answer is told instead. */
    static String by(Programs programs, String environment, String alarm) {
        Policies policies = PolicyFile.parse(
                "aws.yaml", Programs.text(programs.repository().resolve("infra/cdk/policies/aws.yaml")));
        Intake intake = new Intake(
                "selfheal-" + environment,
                policies.alarms(),
                InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z")));
        return switch (intake.parse(event(alarm).getBytes(StandardCharsets.UTF_8))) {
            case Parsed.Refused(String why) -> why;
            case Parsed.Accepted accepted
            when accepted.signals().isEmpty() -> accepted.why().toString();
            case Parsed.Accepted accepted
            when accepted.signals().getFirst() instanceof Signal.Firing(var alert) ->
                policies.match(alert.labels()).isPresent()
                        ? alert.service().service()
                        : "no policy answers " + alert.labels();
            case Parsed.Accepted accepted -> accepted.toString();
        };
    }

    /** As EventBridge sends it. */
    static String event(String alarm) {
        return """
                {"version": "0", "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718", "detail-type": "CloudWatch Alarm State Change",
                 "source": "aws.cloudwatch", "account": "000000000000", "time": "2026-11-22T12:00:00Z", "region": "us-east-1",
                 "resources": ["arn:aws:cloudwatch:us-east-1:000000000000:alarm:%1$s"],
                 "detail": {"alarmName": "%1$s",
                  "state": {"value": "ALARM", "reason": "Threshold Crossed", "timestamp": "2026-11-22T12:00:00.000+0000"},
                  "previousState": {"value": "OK", "reason": "fine", "timestamp": "2026-11-22T11:00:00.000+0000"},
                  "configuration": {"metrics": [{"id": "m", "metricStat": {"metric": {"namespace": "AWS/ApplicationELB",
                   "name": "UnHealthyHostCount", "dimensions": {"TargetGroup": "targetgroup/x/1"}}, "period": 60, "stat": "Maximum"},
                   "returnData": true}]}}}
                """.formatted(alarm);
    }
}
