package io.selfheal.demo;

import io.selfheal.demo.chaos.Scenario;
import io.selfheal.demo.fault.Fault;
import io.selfheal.demo.stage.MonitoringTools;
import io.selfheal.demo.stage.Preconditions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What the figures of a report depend on, so that somebody else can get the same. */
final class Surroundings {

    private static final long VERSION_SECONDS = 5;

    private final Wishes wishes;
    private final Optional<MonitoringTools.Tools> tools;

    Surroundings(Wishes wishes, Optional<MonitoringTools.Tools> tools) {
        this.wishes = wishes;
        this.tools = tools;
    }

    Map<String, String> describe() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("command", command());
        map.put("profile", wishes.profile().id());
        map.put("seed", String.valueOf(wishes.chaos().map(Scenario::seed).orElse(wishes.seed())));
        wishes.chaos().ifPresent(scenario -> map.put("scenario", scenario.name()));
        map.put("machine", machine());
        map.put("java", String.valueOf(Runtime.version()));
        map.put("prometheus", tools.map(found -> version(found.prometheus())).orElse("none"));
        map.put(
                "alertmanager",
                tools.map(found -> version(found.alertmanager())).orElse("none"));
        return map;
    }

    private String command() {
        String what = wishes.chaos()
                .map(scenario -> "--chaos FILE")
                .orElseGet(() ->
                        "--fault " + wishes.faults().stream().map(Fault::id).collect(Collectors.joining(",")));
        return "./demo --once %s --healer %s --profile %s --runs %d --seed %d%s%s"
                .formatted(
                        what,
                        wishes.healerOn() ? "on" : "off",
                        wishes.profile().id(),
                        wishes.runs(),
                        wishes.seed(),
                        wishes.prometheus() ? "" : " --no-prometheus",
                        wishes.probe() ? "" : " --no-probe");
    }

    private static String machine() {
        String memory = Preconditions.availableMegabytes()
                .map(megabytes -> ", " + megabytes + " MB available at the end")
                .orElse("");
        return "%d processors, %s %s%s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        memory);
    }

    /** The first line of what it says about itself. */
    static String version(Path program) {
        try {
            Process process = new ProcessBuilder(program.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(VERSION_SECONDS, TimeUnit.SECONDS);
            return ended ? text.lines().findFirst().orElse("unknown") : "unknown";
        } catch (IOException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
