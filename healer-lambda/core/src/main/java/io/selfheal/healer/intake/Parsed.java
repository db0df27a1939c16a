package io.selfheal.healer.intake;

import io.selfheal.healer.signal.Signal;
import java.util.List;

/** What became of one body. */
public sealed interface Parsed {

    /**
     * Understood.
     *
     * @param ignored how many of its alerts or events gave no signal, each for a reason in {@code why}
     */
    record Accepted(List<Signal> signals, int ignored, List<String> why) implements Parsed {
        public Accepted {
            signals = List.copyOf(signals);
            why = List.copyOf(why);
        }
    }

    /** Not understood; nothing of it is used. */
    record Refused(String why) implements Parsed {}
}
