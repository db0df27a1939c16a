package io.selfheal.demo.measure;

import java.util.Locale;

/** What a run really ended as; the report writes the name in small letters. */
public enum Outcome {
    /** Users are well again, after an action. */
    HEALED,
    /** Nobody acted. For a fault that ECS does not see: and users are still unwell. */
    UNTOUCHED,
    /** A person was called. Where all tasks share the fault: and nothing else was done, and it was over when the fault was. */
    ESCALATED,
    /** Somebody acted where nobody should. */
    TOUCHED,
    /** A fault went away without any action: the fault was not what it claims to be. */
    RECOVERED,
    /** Users are well again, and paid for it, though there was a way to heal it that costs them nothing. */
    NOTICED,
    /** Users are still unwell, though somebody acted or ECS should have mended it. */
    NOT_HEALED,
    /** Nothing could be seen of the fault: nothing was measured. */
    NO_SYMPTOM;

    /** As in the report. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
