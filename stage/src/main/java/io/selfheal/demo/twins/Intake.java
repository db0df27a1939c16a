package io.selfheal.demo.twins;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.demo.process.Children;
import io.selfheal.demo.stage.StageFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many alerts a second are stored, and for how much processor time: the twin, the healer by its IntakeBench, and the twin once more. */
final class Intake {

    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration MEASURED = Duration.ofSeconds(30);
    private static final int[] EACH = {20, 1};
    private static final Pattern FIGURES =
            Pattern.compile("([\\d,]+) alerts/s .* webhooks of (\\d+), .* CPU ([\\d.]+) ms per alert");

    private final Subjects subjects;
    private final Preparation preparation;
    private final Processors processors;
    private final Children children;
    private final Path folder;

    Intake(Subjects subjects, Preparation preparation, Processors processors, Children children, Path folder) {
        this.subjects = subjects;
        this.preparation = preparation;
        this.processors = processors;
        this.children = children;
        this.folder = folder;
    }

    /** One figure: who, how many alerts a webhook, alerts a second, milliseconds of processor time an alert. */
    record Figure(String who, int each, double perSecond, double cpuMillis) {}

    Twins.Result measure() {
        preparation.python(subjects);
        List<Figure> figures = new ArrayList<>();
        for (int each : EACH) {
            figures.add(twin("FastAPI and SQLite", each));
        }
        figures.addAll(healer(preparation.intakeBench()));
        for (int each : EACH) {
            figures.add(twin("FastAPI and SQLite, again", each));
        }
        return new Twins.Result("healer", table(figures), line(figures));
    }

    private Figure twin(String name, int each) {
        Path database = folder.resolve("alerts-" + name.length() + "-" + each + ".db");
        try {
            for (String end : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(Path.of(database + end));
            }
        } catch (IOException e) {
            throw new StageFailed(database + " cannot be removed: " + e.getMessage(), e);
        }
        Subject subject = subjects.python(
                name, "benchmarks/fastapi-healer", "healer:app", Map.of("HEALER_DB", database.toString()), "/health");
        Running running = Running.start(subject, processors, children, folder);
        try (Webhooks webhooks = new Webhooks(each)) {
            webhooks.send(running.url(), WARM_UP);
            double cpu = running.process().cpuSeconds();
            long begun = System.nanoTime();
            long alerts = webhooks.send(running.url(), MEASURED);
            double seconds = (System.nanoTime() - begun) / 1e9;
            double used = running.process().cpuSeconds() - cpu;
            return new Figure(name, each, alerts / seconds, 1000 * used / alerts);
        } finally {
            running.stop();
        }
    }

    /** Out of what the bench prints for people. */
    static List<Figure> healer(String printed) {
        List<Figure> figures = new ArrayList<>();
        Matcher found = FIGURES.matcher(printed);
        while (found.find()) {
            figures.add(new Figure(
                    "the healer",
                    Integer.parseInt(found.group(2)),
                    Double.parseDouble(found.group(1).replace(",", "")),
                    Double.parseDouble(found.group(3))));
        }
        if (figures.isEmpty()) {
            throw new StageFailed("IntakeBench told no figures:\n" + printed);
        }
        return figures;
    }

    private static String table(List<Figure> figures) {
        StringBuilder text = new StringBuilder("""
                **Alerts stored before they are acknowledged**, one after the other on processors 0 and 1, 30 s each

                | | alerts a webhook | alerts a second | CPU an alert |
                |---|--:|--:|--:|
                """);
        figures.forEach(each -> text.append(String.format(
                Locale.ROOT,
                "| %s | %d | %,.0f | %.2f ms |\n",
                each.who(),
                each.each(),
                each.perSecond(),
                each.cpuMillis())));
        return text.toString();
    }

    private static ObjectNode line(List<Figure> figures) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("comparison", "healer");
        var all = line.putArray("measured");
        figures.forEach(each -> all.addObject()
                .put("who", each.who())
                .put("alertsAWebhook", each.each())
                .put("alertsASecond", each.perSecond())
                .put("cpuMillisAnAlert", each.cpuMillis()));
        return line;
    }
}
