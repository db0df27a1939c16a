package io.selfheal.demo.stage;

import io.selfheal.demo.fleet.Fleet;
import io.selfheal.demo.process.Command;
import io.selfheal.observability.Render;
import io.selfheal.observability.Stack;
import io.selfheal.observability.StackAddresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prometheus and Alertmanager on the rules that production uses, rendered for this stage. */
final class Monitoring {

    private final StageOptions options;
    private final MonitoringTools.Tools tools;
    private final String token;

    Monitoring(StageOptions options, MonitoringTools.Tools tools, String token) {
        this.options = options;
        this.tools = tools;
        this.token = token;
    }

    /** Alertmanager first, then Prometheus, which sends to it. */
    List<Command> commands(RunFolder folder) {
        Path dir = folder.path().resolve("observability").toAbsolutePath();
        try {
            Stack stack = Render.stack(options.profile(), dir, addresses(folder));
            Files.writeString(dir.resolve("healer.token"), token);
            boolean usual = options.setting() == Setting.USUAL_INTERVALS;
            if (usual) {
                UsualIntervals.rewrite(dir);
            }
            List<String> prometheus = stack.prometheusArguments();
            return List.of(
                    command("Alertmanager", tools.alertmanager(), stack.alertmanagerArguments(), folder),
                    command(
                            "Prometheus",
                            tools.prometheus(),
                            usual ? UsualIntervals.arguments(prometheus) : prometheus,
                            folder));
        } catch (IOException e) {
            throw new StageFailed("The configuration of Prometheus could not be written: " + e.getMessage(), e);
        }
    }

    private StackAddresses addresses(RunFolder folder) {
        Ports ports = options.ports();
        return new StackAddresses(
                "127.0.0.1:" + ports.prometheus(),
                "127.0.0.1:" + ports.alertmanager(),
                Ports.url(ports.healer()),
                "healer.token",
                folder.path()
                        .resolve("ecs/targets/targets.json")
                        .toAbsolutePath()
                        .toString(),
                Fleet.CLUSTER);
    }

    private static Command command(String name, Path program, List<String> arguments, RunFolder folder) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        return new Command(name, command, Map.of(), folder.log(name.toLowerCase(Locale.ROOT)));
    }
}
