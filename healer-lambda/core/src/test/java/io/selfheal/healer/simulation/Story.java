package io.selfheal.healer.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What happened in one world, line by line in the order of time. Costs nothing while nobody wants to hear it. */
final class Story {
    private final Timeline timeline;
    private final boolean told;
    private final List<String> lines = new ArrayList<>();

    Story(Timeline timeline, boolean told) {
        this.timeline = timeline;
        this.told = told;
    }

    void tell(int who, Supplier<String> what) {
        if (told) {
            String name = who == Timeline.WORLD ? "world   " : "healer " + who;
            lines.add(String.format(Locale.ROOT, "%9.3f %s  %s", timeline.now() / 1000.0, name, what.get()));
        }
    }

    List<String> lines() {
        return lines;
    }
}
