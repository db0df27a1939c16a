package io.selfheal.demo;

import io.selfheal.demo.process.ChildFailed;
import io.selfheal.demo.report.MarkedRegion;
import io.selfheal.demo.stage.StageFailed;
import io.selfheal.demo.story.Terminal;
import io.selfheal.demo.twins.Twins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the order service beside the same on other stacks, and with its telemetry off and on: see {@code benchmarks/README.md}. */
@Command(
        name = "twins",
        mixinStandardHelpOptions = true,
        description = {
            "measure the order service beside its twins of benchmarks/, which it builds first: CPU and allocation a request, memory, start",
            "Exit codes: 0 measured, whatever came of it; 1 not; 2 bad usage."
        })
final class TwinsCommand implements Callable<Integer> {

    /** What is compared. */
    enum What {
        all,
        services,
        telemetry,
        healer
    }

    @Option(
            names = "--what",
            paramLabel = "all|services|telemetry|healer",
            defaultValue = "all",
            description =
                    "with its twins, with telemetry off, on and by OpenTelemetry's agent, or the healer's intake (default: ${DEFAULT-VALUE})")
    private What what = What.all;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "15",
            description = "rounds, each with new processes (default: ${DEFAULT-VALUE})")
    private int rounds = 15;

    @Option(
            names = "--requests",
            paramLabel = "N",
            defaultValue = "2000",
            description = "requests in a window (default: ${DEFAULT-VALUE})")
    private int requests = 2000;

    @Option(
            names = "--starts",
            paramLabel = "N",
            defaultValue = "7",
            description = "starts of each (default: ${DEFAULT-VALUE})")
    private int starts = 7;

    @Option(
            names = "--write",
            description = "also into docs/benchmarks.md, between the marks, and into benchmarks/results.jsonl")
    private boolean write;

    private final Terminal terminal = Terminal.standard();

    @Override
    public Integer call() {
        if (rounds < 1 || requests < 100 || starts < 0) {
            terminal.line("--rounds must be at least 1, --requests at least 100, and --starts not negative");
            return 2;
        }
        Path root = Demo.root();
        try (Twins twins = new Twins(new Twins.Plan(root, rounds, requests, starts), terminal::line)) {
            Thread hook = new Thread(twins::close);
            Runtime.getRuntime().addShutdownHook(hook);
            if (what == What.all || what == What.services) {
                tell(root, twins, twins.services());
            }
            if (what == What.all || what == What.telemetry) {
                tell(root, twins, twins.telemetry());
            }
            if (what == What.all || what == What.healer) {
                tell(root, twins, twins.healer());
            }
            Runtime.getRuntime().removeShutdownHook(hook);
            return 0;
        } catch (StageFailed | ChildFailed e) {
            terminal.line("✘ " + e.getMessage());
            return 1;
        }
    }

    private void tell(Path root, Twins twins, Twins.Result result) {
        Machine machine = Machine.here(root);
        String command = "./demo twins --what %s --rounds %d --requests %d --starts %d --write"
                .formatted(result.id(), rounds, requests, starts);
        String text = result.table() + "\n" + machine.sentence() + ", " + twins.processors() + ".\n\n```sh\n" + command
                + "\n```\n";
        terminal.line("");
        terminal.line(text);
        if (!write) {
            return;
        }
        Map<String, String> environment = machine.environment();
        environment.put("command", command);
        environment.put("processors", twins.processors());
        environment.forEach(result.line().putObject("environment")::put);
        try {
            Path page = root.resolve("docs/benchmarks.md");
            Files.writeString(page, MarkedRegion.replace(Files.readString(page), "twins-" + result.id(), text));
            Files.writeString(
                    root.resolve("benchmarks/results.jsonl"),
                    result.line() + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException | IllegalArgumentException e) {
            throw new StageFailed("The figures could not be written: " + e.getMessage(), e);
        }
    }
}
