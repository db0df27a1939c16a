package io.selfheal.healer.evidence;

import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.TaskId;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a service beyond its tasks and their health. Each part is known or not by itself; what must be known
 * before anything is done is for the policy to say.
 *
 * @param vitals of the tasks that served anything lately
 * @param calls to other services, by the callee's name
 * @param retryShare of the calls that this service got lately, those that repeated one that had failed: 0 to 1
 * @param releases of the service, the newest first
 * @param stops of its tasks lately, the newest first
 * @param logs of errors that its tasks wrote lately, a few, the newest first
 * @param traces of requests that failed or were slow lately, one of each task that had one
 */
public record Evidence(
        Fact<Map<TaskId, Vitals>> vitals,
        Fact<Map<String, Calls>> calls,
        Fact<Double> retryShare,
        Fact<List<Release>> releases,
        Fact<List<Stop>> stops,
        Fact<List<LogLine>> logs,
        Fact<Map<TaskId, Trace>> traces) {

    /** Why a part is not known that no source is there for; any other reason says more. */
    private static final String NO_SOURCE = "no source of it is configured";

    /** The parts by the one word each has in policies. */
    public enum Part {
        VITALS,
        CALLS,
        RETRIES,
        RELEASES,
        STOPS,
        LOGS,
        TRACE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Nothing is known, for the one reason given. */
    public static Evidence unknown(String why) {
        return new Evidence(
                new Fact.Unknown<>(why),
                new Fact.Unknown<>(why),
                new Fact.Unknown<>(why),
                new Fact.Unknown<>(why),
                new Fact.Unknown<>(why),
                new Fact.Unknown<>(why),
                new Fact.Unknown<>(why));
    }

    /** What a source says that tells something else. */
    public static Evidence untold() {
        return unknown(NO_SOURCE);
    }

    /** What a source says that tells how each task served, and nothing else. */
    public static Evidence ofVitals(Fact<Map<TaskId, Vitals>> vitals) {
        Evidence none = untold();
        return new Evidence(
                vitals, none.calls(), none.retryShare(), none.releases(), none.stops(), none.logs(), none.traces());
    }

    /** What a source says that tells the logs and nothing else. */
    public static Evidence ofLogs(Fact<List<LogLine>> logs) {
        Evidence none = untold();
        return new Evidence(
                none.vitals(), none.calls(), none.retryShare(), none.releases(), none.stops(), logs, none.traces());
    }

    /** What either of the two knows; of what both know, this one's; of what neither knows, the reasons of both. */
    public Evidence or(Evidence other) {
        return new Evidence(
                either(vitals, other.vitals),
                either(calls, other.calls),
                either(retryShare, other.retryShare),
                either(releases, other.releases),
                either(stops, other.stops),
                either(logs, other.logs),
                either(traces, other.traces));
    }

    private static <T> Fact<T> either(Fact<T> one, Fact<T> other) {
        return one instanceof Fact.Unknown<T>(String why) && other instanceof Fact.Unknown<T>(String otherWhy)
                ? new Fact.Unknown<>(neither(why, otherWhy))
                : one instanceof Fact.Known<T> ? one : other;
    }

    private static String neither(String why, String otherWhy) {
        if (why.equals(NO_SOURCE) || why.equals(otherWhy)) {
            return otherWhy;
        }
        return otherWhy.equals(NO_SOURCE) ? why : why + "; " + otherWhy;
    }

    /** Why the part is not known; empty when it is. */
    public Optional<String> missing(Part part) {
        return Optional.ofNullable(missing().get(part));
    }

    /** Every part that is not known, and why. */
    public Map<Part, String> missing() {
        Map<Part, String> missing = new EnumMap<>(Part.class);
        note(missing, Part.VITALS, vitals);
        note(missing, Part.CALLS, calls);
        note(missing, Part.RETRIES, retryShare);
        note(missing, Part.RELEASES, releases);
        note(missing, Part.STOPS, stops);
        note(missing, Part.LOGS, logs);
        note(missing, Part.TRACE, traces);
        return missing;
    }

    private static void note(Map<Part, String> missing, Part part, Fact<?> fact) {
        if (fact instanceof Fact.Unknown<?>(String why)) {
            missing.put(part, why);
        }
    }
}
