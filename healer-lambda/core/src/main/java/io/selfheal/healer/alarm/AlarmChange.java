package io.selfheal.healer.alarm;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One change of an alarm's state, in one form whichever it came in.
 *
 * @param at when the state became so
 * @param beforeAt since when the state before was so; SNS does not tell
 * @param suppressedBy what holds the alarm's actions back; blank: nothing does
 * @param metrics what its metrics are; empty for an alarm made of alarms
 * @param tags the alarm's own, where it is told to send them
 * @param tagsUnread why it sends none although it is told to; blank: no such thing
 * @param children the alarms that made an alarm of alarms change
 */
record AlarmChange(
        AlarmArn arn,
        String name,
        State state,
        State before,
        Instant at,
        Optional<Instant> beforeAt,
        String suppressedBy,
        Metrics metrics,
        Map<String, String> tags,
        String tagsUnread,
        List<AlarmArn> children) {

    AlarmChange {
        tags = Map.copyOf(tags);
        children = List.copyOf(children);
    }

    enum State {
        ALARM,
        OK,
        INSUFFICIENT_DATA,
        /** None of the three, or not told. */
        UNTOLD;

        static State of(String text) {
            for (State state : values()) {
                if (state.name().equals(text)) {
                    return state;
                }
            }
            return UNTOLD;
        }
    }

    /**
     * Since when the alarm is in alarm. An alarm of alarms that was held back says ALARM again when it no longer is: that is
     * no second episode.
     */
    Instant firingSince() {
        return before == State.ALARM
                ? beforeAt.filter(earlier -> earlier.isBefore(at)).orElse(at)
                : at;
    }
}
