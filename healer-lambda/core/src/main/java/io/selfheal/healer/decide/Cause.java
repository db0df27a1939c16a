package io.selfheal.healer.decide;

import io.selfheal.healer.fleet.ServiceId;

/** What is behind an incident, as far as the facts tell. */
sealed interface Cause {

    /** For a person to read. */
    String detail();

    /** What is usually said for it. */
    default String word() {
        return switch (this) {
            case BadRelease _ -> "bad release";
            case SuspectRelease _ -> "release under suspicion";
            case SickCallee _ -> "sick callee";
            case RetryStorm _ -> "retry storm";
            case Itself _ -> "the service itself";
        };
    }

    /** All tasks of a revision that has just come out are sick, and the one before it was good. */
    record BadRelease(String bad, String good, String detail) implements Cause {}

    /** A revision has just come out, a task of it is sick, and how the others are is not known yet. */
    record SuspectRelease(String detail) implements Cause {}

    /** What the service calls does not work. */
    record SickCallee(ServiceId callee, String detail) implements Cause {}

    /** It drowns in repeats of calls that failed: its being down makes the load that keeps it down. */
    record RetryStorm(String detail) implements Cause {}

    /** Nothing beyond the service's own tasks explains it. */
    record Itself() implements Cause {
        @Override
        public String detail() {
            return "nothing beyond its own tasks explains it";
        }
    }
}
