package io.selfheal.demo.chaos;

import io.selfheal.demo.fault.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Every experiment there is. */
public record Catalogue(List<CatalogueEntry> entries) {
    private static final Set<String> KEYS = Set.of("version", "experiments");
    private static final Set<String> ENTRY = Set.of("id", "fault", "service", "tasks", "duration", "fis", "parameters");
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Pattern TASKS = Pattern.compile("[0-9]|100%|[1-9][0-9]?%");
    private static final Pattern FIS = Pattern.compile("aws:ecs:[a-z-]+|none: .+");

    public Catalogue {
        entries = List.copyOf(entries);
    }

    /** Where it lies under the repository's root. */
    public static Path under(Path root) {
        return root.resolve("chaos").resolve("catalogue.yaml");
    }

    /** Throws InvalidFileException with the file, the line and the key. */
    public static Catalogue read(Path file) {
        return of(Keys.of(file, KEYS));
    }

    static Catalogue parse(String file, String text) {
        return of(Keys.of(file, text, KEYS));
    }

    private static Catalogue of(Keys keys) {
        if (keys.number("version", 1) != 1) {
            throw keys.wrong("version", "expected 1");
        }
        List<CatalogueEntry> entries = new ArrayList<>();
        for (Keys part : keys.parts("experiments", ENTRY)) {
            CatalogueEntry entry = entry(part);
            if (entries.stream().anyMatch(other -> other.id().equals(entry.id()))) {
                throw part.wrong("id", "'" + entry.id() + "' is there twice");
            }
            entries.add(entry);
        }
        return new Catalogue(entries);
    }

    public Optional<CatalogueEntry> named(String id) {
        return entries.stream().filter(entry -> entry.id().equals(id)).findFirst();
    }

    private static CatalogueEntry entry(Keys part) {
        Fault fault = Fault.named(part.text("fault"))
                .orElseThrow(() -> part.wrong("fault", "'" + part.text("fault") + "' is none of './demo faults'"));
        String service = part.text("service");
        boolean anywhere = fault.ofTheWholeShop();
        if (!anywhere && !fault.services().contains(service)) {
            throw part.wrong(
                    "service",
                    "'" + service + "' cannot have " + fault.id() + ", only " + String.join(", ", fault.services()));
        }
        return new CatalogueEntry(
                matching(part, "id", ID, "small letters, digits and '-'"),
                fault,
                service,
                matching(part, "tasks", TASKS, "a number of tasks or a share like 50%"),
                part.time("duration", Duration.ofMinutes(1)),
                matching(part, "fis", FIS, "an action like aws:ecs:stop-task, or 'none: ' and why"));
    }

    private static String matching(Keys part, String key, Pattern form, String expected) {
        String text = part.text(key);
        if (!form.matcher(text).matches()) {
            throw part.wrong(key, "expected " + expected + ", was '" + text + "'");
        }
        return text;
    }
}
