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
 * @param errors that its tasks logged lately, the newest first
 * @param trace id of a request that failed or was slow, if there was one
 */
public record Evidence(
        Fact<Map<TaskId, Vitals>> vitals,
        Fact<Map<String, Calls>> calls,
        Fact<Double> retryShare,
        Fact<List<Release>> releases,
        Fact<List<Stop>> stops,
        Fact<List<String>> errors,
        Fact<Optional<String>> trace) {

    /** The parts by the one word each has in policies. */
    public enum Part {
        VITALS,
        CALLS,
        RETRIES,
        RELEASES,
        STOPS,
        ERRORS,
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

    /** What either of the two knows; of what both know, this one's. */
    public Evidence or(Evidence other) {
        return new Evidence(
                either(vitals, other.vitals),
                either(calls, other.calls),
                either(retryShare, other.retryShare),
                either(releases, other.releases),
                either(stops, other.stops),
                either(errors, other.errors),
                either(trace, other.trace));
    }

    private static <T> Fact<T> either(Fact<T> one, Fact<T> other) {
        return one instanceof Fact.Unknown<T> ? other : one;
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
        note(missing, Part.ERRORS, errors);
        note(missing, Part.TRACE, trace);
        return missing;
    }

    private static void note(Map<Part, String> missing, Part part, Fact<?> fact) {
        if (fact instanceof Fact.Unknown<?>(String why)) {
            missing.put(part, why);
        }
    }
}
