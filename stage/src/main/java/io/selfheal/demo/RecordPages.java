package io.selfheal.demo;

import io.selfheal.demo.campaign.RecordTables;
import io.selfheal.demo.campaign.RecordTotals;
import io.selfheal.demo.campaign.RunLine;
import io.selfheal.demo.report.MarkedRegion;
import io.selfheal.demo.stage.MonitoringTools;
import io.selfheal.demo.stage.StageFailed;
import io.selfheal.demo.story.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of the record, on the terminal and in the page. */
final class RecordPages {

    private final Recording.Order order;
    private final Optional<MonitoringTools.Tools> tools;
    private final Terminal terminal;
    private final Machine machine;

    RecordPages(Recording.Order order, Optional<MonitoringTools.Tools> tools, Terminal terminal) {
        this.order = order;
        this.tools = tools;
        this.terminal = terminal;
        this.machine = Machine.here(order.root());
    }

    /** What lines must have in common to be counted together. */
    String key() {
        return machine.key() + ", profile " + order.profile().id();
    }

    /** How many runs are left. */
    int write(List<RunLine> lines) {
        int left = order.agenda().left(lines).stream()
                .mapToInt(sitting -> sitting.runs().size())
                .sum();
        Map<String, String> environment = environment(lines.size(), left);
        String text = page(lines, environment);
        terminal.line("");
        terminal.line(text);
        if (order.write()) {
            try {
                Path page = order.root().resolve("docs/benchmarks.md");
                Files.writeString(page, MarkedRegion.replace(Files.readString(page), "record", text));
                Files.writeString(order.root().resolve("benchmarks/record.jsonl"), RecordTotals.of(environment, lines));
            } catch (IOException | IllegalArgumentException e) {
                throw new StageFailed("The record could not be written: " + e.getMessage(), e);
            }
        }
        return left;
    }

    private String page(List<RunLine> lines, Map<String, String> environment) {
        return "%s\n%s. Prometheus: %s; Alertmanager: %s. %d runs, %d left of what the command asks for.\n\n```sh\n%s\n```\n"
                .formatted(
                        RecordTables.of(lines),
                        machine.sentence(),
                        environment.get("prometheus"),
                        environment.get("alertmanager"),
                        lines.size(),
                        Integer.parseInt(String.valueOf(environment.get("left"))),
                        environment.get("command"));
    }

    private Map<String, String> environment(int runs, int left) {
        Map<String, String> environment = machine.environment();
        environment.put("profile", order.profile().id());
        environment.put(
                "prometheus",
                tools.map(found -> Surroundings.version(found.prometheus())).orElse("none"));
        environment.put(
                "alertmanager",
                tools.map(found -> Surroundings.version(found.alertmanager())).orElse("none"));
        environment.put("command", command());
        environment.put("runs", String.valueOf(runs));
        environment.put("left", String.valueOf(left));
        return environment;
    }

    private String command() {
        var agenda = order.agenda();
        String arms =
                String.join(",", agenda.arms().stream().map(arm -> arm.id()).toList());
        boolean all = agenda.faults().size() == io.selfheal.demo.fault.Fault.values().length;
        String faults = all
                ? "all"
                : String.join(
                        ",", agenda.faults().stream().map(fault -> fault.id()).toList());
        return "./demo record --runs %d --compared %d --arms %s --fault %s --profile %s --seed %d --write"
                .formatted(
                        agenda.runs(),
                        agenda.compared(),
                        arms,
                        faults,
                        order.profile().id(),
                        agenda.seed());
    }
}
