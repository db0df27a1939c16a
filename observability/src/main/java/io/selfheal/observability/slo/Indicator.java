package io.selfheal.observability.slo;

/** What is counted. {@link #errorRatio} is the share of bad events, absent where there were no events at all. */
sealed interface Indicator {
    Selector total();

    /** Bad events a second; 0, not absent, where there is traffic and nothing bad. */
    String badRate(String window);

    default String totalRate(String window) {
        return total().rate(window);
    }

    default String errorRatio(String window) {
        return badRate(window) + "\n  / (" + totalRate(window) + " > 0)";
    }

    /** Bad events have a counter of their own, which may not exist before the first of them. */
    record Bad(Selector bad, Selector total) implements Indicator {
        @Override
        public String badRate(String window) {
            return "(" + bad.rate(window) + " or 0 * " + totalRate(window) + ")";
        }
    }

    /** Good events are counted: the rest is bad. */
    record Good(Selector good, Selector total) implements Indicator {
        @Override
        public String badRate(String window) {
            return "(" + totalRate(window) + " - " + good.rate(window) + ")";
        }
    }
}
