package io.selfheal.healer.alarm;

import io.selfheal.healer.fleet.TaskId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code arn:PARTITION:cloudwatch:REGION:ACCOUNT:alarm:NAME}: the identity of an alarm. */
record AlarmArn(String text, String partition, String region, String account, String name) {
    private static final Pattern FORM =
            Pattern.compile("arn:(aws[a-z-]*):cloudwatch:([a-z0-9-]{1,40}):([0-9A-Za-z_]{1,40}):alarm:(.{1,255})");

    /** ECS writes 32 hex digits; a dimension may hold anything. */
    private static final Pattern TASK = Pattern.compile("[0-9a-zA-Z-]{1,64}");

    static AlarmArn parse(String field, String text) throws NotAnAlarmException {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new NotAnAlarmException(field + ": expected the ARN of an alarm,"
                    + " arn:aws:cloudwatch:REGION:ACCOUNT:alarm:NAME, was '" + Text.brief(text) + "'");
        }
        return new AlarmArn(text, parts.group(1), parts.group(2), parts.group(3), parts.group(4));
    }

    /** A task beside the alarm: metrics name it by the last part of its ARN alone. */
    Optional<TaskId> task(String cluster, String id) {
        if (id.startsWith("arn:") && id.length() <= 255) {
            return Optional.of(new TaskId(id));
        }
        if (!TASK.matcher(id).matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new TaskId("arn:" + partition + ":ecs:" + region + ":" + account + ":task/" + cluster + "/" + id));
    }
}
