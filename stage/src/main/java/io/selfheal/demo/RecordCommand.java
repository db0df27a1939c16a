package io.selfheal.demo;

import io.selfheal.demo.campaign.Agenda;
import io.selfheal.demo.campaign.Arm;
import io.selfheal.demo.fault.Fault;
import io.selfheal.demo.fault.FaultPlan;
import io.selfheal.demo.stage.Ports;
import io.selfheal.demo.story.Terminal;
import io.selfheal.observability.Profile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes the record of docs/benchmarks.md: every fault and control, many times, with the healer and without, and what both are compared with. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        description = {
            "run every fault and control many times, with the healer and without, and write the tables of docs/benchmarks.md",
            "Each run is kept at once; the same command again goes on where this one stopped.",
            "Exit codes: 0 all that was asked for is recorded; 1 the stage could not be set up; 2 bad usage; 3 the time is over, more is left."
        })
final class RecordCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "15",
            description = "each fault so many times, with the healer on and off (default: ${DEFAULT-VALUE})")
    private int runs = 15;

    @Option(
            names = "--compared",
            paramLabel = "N",
            defaultValue = "5",
            description = "and so many times with what they are compared with (default: ${DEFAULT-VALUE})")
    private int compared = 5;

    @Option(
            names = "--arms",
            paramLabel = "ARM[,ARM...]",
            defaultValue = "healer,off,ecs,usual",
            description =
                    "healer on, healer off, ECS alone with its own checks, Prometheus and Alertmanager at their usual intervals (default: ${DEFAULT-VALUE})")
    private String arms = "healer,off,ecs,usual";

    @Option(
            names = "--fault",
            paramLabel = "NAME[,NAME...]|all",
            defaultValue = "all",
            description = "only these (default: ${DEFAULT-VALUE})")
    private String faults = "all";

    @Option(
            names = "--profile",
            paramLabel = "fast|production",
            defaultValue = "fast",
            description = "of the rules; another profile is another record (default: ${DEFAULT-VALUE})")
    private String profile = "fast";

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "begin no further run after this long, for example 30m or 8h")
    private @Nullable String time;

    @Option(
            names = "--results",
            paramLabel = "DIR",
            description = "where the runs are kept (default: .selfheal/record)")
    private @Nullable Path results;

    @Option(names = "--render", description = "run nothing: write the tables of what is there")
    private boolean render;

    @Option(
            names = "--write",
            description =
                    "put the tables into docs/benchmarks.md, between the marks, and the totals into benchmarks/record.jsonl")
    private boolean write;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "chooses services and tasks (default: 1)")
    private long seed = 1;

    @Option(names = "--port-offset", paramLabel = "N", defaultValue = "0", description = "shift every port by N")
    private int portOffset;

    @Override
    public Integer call() {
        return new Recording(order(), Terminal.standard()).play();
    }

    /** The checked options; throws a sentence. */
    Recording.Order order() {
        try {
            List<Fault> chosen = FaultPlan.parse(faults);
            return new Recording.Order(
                    Demo.root(),
                    new Agenda(Arm.parse(arms), chosen, runs, compared, seed),
                    profile(),
                    Optional.ofNullable(time).map(RecordCommand::duration),
                    Optional.ofNullable(results)
                            .orElse(Demo.root().resolve(".selfheal").resolve("record")),
                    render,
                    write,
                    new Ports(portOffset));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec == null ? Demo.commandLine() : spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private Profile profile() {
        return switch (profile) {
            case "fast" -> Profile.FAST;
            case "production" -> Profile.PRODUCTION;
            default -> throw new IllegalArgumentException("--profile must be fast or production, is '" + profile + "'");
        };
    }

    /** As people write it: 90s, 30m, 1h30m. */
    private static Duration duration(String text) {
        try {
            return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("--for must be a time such as 30m or 8h, is '" + text + "'", e);
        }
    }
}
