package io.selfheal.healer.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.alarm.AlarmTargets.Target;
import io.selfheal.healer.policy.AlarmMapping;
import io.selfheal.healer.signal.Alert;
import io.selfheal.healer.signal.Signal;
import io.selfheal.healer.signal.SignalSource;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * Reads CloudWatch alarms. The same change of the same alarm is the same signal, by whichever road it came: the alarm's ARN
 * is its fingerprint, and the time is that of the change.
 */
public final class AlarmReader {
    private final AlarmTargets targets;

    /**
     * Reads alarms.
     *
     * @param defaultCluster of alarms that name a service and no cluster
     * @param mappings of the policy file, for alarms that name no service
     */
    public AlarmReader(String defaultCluster, List<AlarmMapping> mappings) {
        targets = new AlarmTargets(defaultCluster, mappings);
    }

    private interface Form {
        AlarmChange read(JsonNode json) throws NotAnAlarmException;
    }

    /** How CloudWatch calls a Lambda function. */
    public Reading direct(JsonNode call) {
        return read(AlarmForms::direct, call);
    }

    /** EventBridge's "CloudWatch Alarm State Change". */
    public Reading event(JsonNode event) {
        return read(AlarmForms::event, event);
    }

    /** What CloudWatch publishes to an SNS topic. */
    public Reading notification(JsonNode message) {
        return read(AlarmForms::notification, message);
    }

    private Reading read(Form form, JsonNode json) {
        AlarmChange change;
        try {
            change = form.read(json);
        } catch (NotAnAlarmException e) {
            return new Reading.Refused("a CloudWatch alarm: " + e.getMessage());
        }
        try {
            return told(change);
        } catch (NotAnAlarmException e) {
            return new Reading.Ignored(String.valueOf(e.getMessage()));
        }
    }

    private Reading told(AlarmChange change) throws NotAnAlarmException {
        return switch (change.state()) {
            case ALARM ->
                change.suppressedBy().isBlank()
                        ? new Reading.Told(new Signal.Firing(alert(change, change.firingSince())))
                        : new Reading.Ignored("alarm " + Text.brief(change.name()) + " is in alarm, and its actions are"
                                + " suppressed by " + Text.brief(change.suppressedBy()) + ": it is left alone as long");
            // It began before it ended; when, only some forms tell. The time of its end folds against any of its
            // firings.
            case OK -> new Reading.Told(new Signal.Resolved(alert(change, change.at()), change.at()));
            case INSUFFICIENT_DATA ->
                new Reading.Ignored("alarm " + Text.brief(change.name()) + " has no data (INSUFFICIENT_DATA): neither a"
                        + " reason to act nor healed, it stands as it was");
            case UNTOLD ->
                new Reading.Refused("a CloudWatch alarm: state: expected ALARM, OK or INSUFFICIENT_DATA, of alarm "
                        + Text.brief(change.name()));
        };
    }

    private Alert alert(AlarmChange change, Instant startsAt) throws NotAnAlarmException {
        SortedMap<String, String> labels = AlarmLabels.of(change);
        Target target = targets.of(change, labels);
        labels.putAll(target.labels());
        labels.put("service_name", target.service().service());
        labels.put("cluster", target.service().cluster());
        target.task().ifPresent(task -> labels.put("task_arn", task.arn()));
        return new Alert(
                SignalSource.CLOUDWATCH,
                labels.getOrDefault("alertname", change.name()),
                change.arn().text(),
                target.service(),
                target.task(),
                startsAt,
                AlarmLabels.bounded(change.name(), labels));
    }
}
