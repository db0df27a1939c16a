package io.selfheal.demo.chaos;

import io.selfheal.demo.fault.Fault;
import io.selfheal.demo.fault.PlannedRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * What is broken, when, and by which chance. The same scenario has the same timeline each time.
 *
 * @param first when the first experiment begins, counted from when everything is up
 * @param every how long after that the next one begins
 * @param jitter each begins up to so much later, by the seed
 * @param runs how many, chosen by the seed; empty: each experiment once, in the order of the file
 */
public record Scenario(
        String name,
        long seed,
        Duration first,
        Duration every,
        Duration jitter,
        Optional<Integer> runs,
        List<CatalogueEntry> experiments) {
    private static final Set<String> KEYS = Set.of("version", "name", "seed", "schedule", "experiments");
    private static final Set<String> SCHEDULE = Set.of("first", "every", "jitter", "runs");
    private static final Set<String> EXPERIMENT = Set.of("id", "expect");
    private static final int TASKS_PER_SERVICE = 2;
    private static final int MOST_RUNS = 1000;
    /** Instead of a service, where a run is about no single one. */
    private static final String EVERYWHERE = "all";

    public Scenario {
        experiments = List.copyOf(experiments);
    }

    /** Throws InvalidFileException with the file, the line and the key. */
    public static Scenario read(Path file, Catalogue catalogue) {
        return of(Keys.of(file, KEYS), catalogue);
    }

    static Scenario parse(String file, String text, Catalogue catalogue) {
        return of(Keys.of(file, text, KEYS), catalogue);
    }

    private static Scenario of(Keys keys, Catalogue catalogue) {
        if (keys.number("version", 1) != 1) {
            throw keys.wrong("version", "expected 1");
        }
        List<CatalogueEntry> experiments = new ArrayList<>();
        keys.parts("experiments", EXPERIMENT).forEach(part -> experiments.add(experiment(part, catalogue)));
        Keys schedule = keys.part("schedule", SCHEDULE);
        return new Scenario(
                keys.text("name"),
                keys.number("seed", Long.MIN_VALUE),
                schedule.has("first") ? schedule.time("first", Duration.ZERO) : Duration.ZERO,
                schedule.time("every", Duration.ZERO),
                schedule.has("jitter") ? schedule.time("jitter", Duration.ZERO) : Duration.ZERO,
                runs(schedule),
                experiments);
    }

    private static Optional<Integer> runs(Keys schedule) {
        if (!schedule.has("runs")) {
            return Optional.empty();
        }
        long runs = schedule.number("runs", 1);
        if (runs > MOST_RUNS) {
            throw schedule.wrong("runs", "expected " + MOST_RUNS + " or less, was " + runs);
        }
        return Optional.of(Math.toIntExact(runs));
    }

    private static CatalogueEntry experiment(Keys part, Catalogue catalogue) {
        String id = part.text("id");
        CatalogueEntry entry = catalogue
                .named(id)
                .orElseThrow(() -> part.wrong("id", "there is no '" + id + "' in chaos/catalogue.yaml"));
        Fault fault = entry.fault();
        String expected = fault.expected(true).id();
        if (!part.text("expect").equals(expected)) {
            throw part.wrong(
                    "expect",
                    "'" + part.text("expect") + "' is not what " + fault.id()
                            + " ends as while the healer runs, that is '" + expected + "'");
        }
        return entry;
    }

    /** What begins when. */
    public List<TimedRun> timeline() {
        Random random = new Random(seed);
        List<TimedRun> timeline = new ArrayList<>();
        int count = runs.orElse(experiments.size());
        for (int index = 0; index < count; index++) {
            int chosen = runs.isPresent() ? random.nextInt(experiments.size()) : index;
            CatalogueEntry entry = experiments.get(chosen);
            String service = entry.fault().ofTheWholeShop() ? EVERYWHERE : entry.service();
            Duration late = Duration.ofMillis(random.nextLong(jitter.toMillis() + 1));
            Duration at = first.plus(every.multipliedBy(index)).plus(late);
            timeline.add(new TimedRun(
                    at, new PlannedRun(index + 1, entry.fault(), service, random.nextInt(TASKS_PER_SERVICE))));
        }
        return List.copyOf(timeline);
    }
}
