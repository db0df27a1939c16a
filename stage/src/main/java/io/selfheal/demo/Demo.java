package io.selfheal.demo;

import io.selfheal.demo.chaos.Catalogue;
import io.selfheal.demo.chaos.InvalidFileException;
import io.selfheal.demo.chaos.Scenario;
import io.selfheal.demo.fault.Fault;
import io.selfheal.demo.fault.FaultPlan;
import io.selfheal.demo.stage.Ports;
import io.selfheal.demo.story.Terminal;
import io.selfheal.observability.Profile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./demo}: starts the shop, breaks it, and shows the healer putting it right. */
@Command(
        name = "./demo",
        mixinStandardHelpOptions = true,
        version = "Selfheal demo",
        description = {
            "Starts the shop, an ECS-compatible endpoint, the healer, Prometheus and Alertmanager on this machine, "
                    + "breaks one task after the other, and shows how each is healed. Ctrl-C stops everything.",
            ""
        },
        subcommands = {DoctorCommand.class, FaultsCommand.class, RecordCommand.class, TwinsCommand.class},
        footer = {
            "",
            "Examples:",
            "  ./demo                                     a story of three faults, then everything stays up",
            "  ./demo --once --fault all --report out     every fault once, a report, and an exit code",
            "  ./demo --once --fault hang --healer off    the same machine without a healer",
            "  ./demo --once --chaos chaos/one-sick-task.yaml   a scenario, at its times",
            "  ./demo --localstack                        an alarm of CloudWatch tells the healer, through SNS",
            "  ./demo record --for 8h                     every fault many times, on and off: the tables of docs/benchmarks.md",
            "",
            "Exit codes: 0 every fault ended as expected; 1 not so, or the stage could not be set up; 2 bad usage."
        })
final class Demo implements Callable<Integer> {

    private static final int WIDTH = 110;

    private static final String STORY = "hang,errors,crash";

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--once", description = "run the faults and exit: 0 only if every one ended as expected")
    private boolean once;

    @Option(
            names = "--fault",
            paramLabel = "NAME[,NAME...]|all",
            defaultValue = STORY,
            description = "what to break (default: ${DEFAULT-VALUE}); './demo faults' lists them")
    private String faults = STORY;

    @Option(
            names = "--healer",
            paramLabel = "on|off",
            defaultValue = "on",
            description = "off: the healer is not started")
    private String healer = "on";

    @Option(names = "--report", paramLabel = "DIR", description = "write report.md and report.json there")
    private @Nullable Path report;

    @Option(
            names = "--profile",
            paramLabel = "fast|production",
            defaultValue = "fast",
            description = "how often Prometheus looks, and how patient its rules are (default: ${DEFAULT-VALUE})")
    private String profile = "fast";

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "1",
            description = "each fault so many times (default: 1)")
    private int runs = 1;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "chooses services and tasks (default: 1)")
    private long seed = 1;

    @Option(
            names = "--no-prometheus",
            description = "do without Prometheus and Alertmanager: the healer's own probe detects what it can")
    private boolean noPrometheus;

    @Option(names = "--no-probe", description = "switch the healer's own probe off: only Prometheus detects")
    private boolean noProbe;

    @Option(names = "--port-offset", paramLabel = "N", defaultValue = "0", description = "shift every port by N")
    private int portOffset;

    @Option(
            names = "--localstack",
            description =
                    "CloudWatch, SNS, SQS and DynamoDB from LocalStack: one at AWS_ENDPOINT_URL, else a container."
                            + " One fault, then it exits; the other options but --port-offset have no effect")
    private boolean localStack;

    @Option(
            names = "--chaos",
            paramLabel = "FILE",
            description = "run the scenario of that file, for example chaos/one-sick-task.yaml, instead of --fault")
    private @Nullable Path chaos;

    private Demo() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Demo());
        line.getSubcommands().values().forEach(Demo::usual);
        return usual(line);
    }

    private static CommandLine usual(CommandLine line) {
        return line.setUsageHelpWidth(WIDTH).setParameterExceptionHandler((bad, arguments) -> {
            // One sentence, not a page of help.
            bad.getCommandLine().getErr().println(bad.getMessage() + "\nSee ./demo --help.");
            return CommandLine.ExitCode.USAGE;
        });
    }

    @Override
    public Integer call() {
        Wishes wishes = wishes();
        if (localStack) {
            String given =
                    Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL")).orElse("");
            return new LocalStackPerformance(wishes, Terminal.standard(), given).play();
        }
        return new Performance(wishes, Terminal.standard()).play();
    }

    /** The checked options; throws with a clear sentence, which picocli prints with exit code 2. */
    Wishes wishes() {
        if (runs < 1) {
            throw bad("--runs must be at least 1, is " + runs);
        }
        if (noPrometheus && noProbe) {
            throw bad("--no-prometheus and --no-probe together leave nothing that detects");
        }
        return new Wishes(
                root(),
                once,
                chaos == null ? chosen() : List.of(),
                choice("--healer", healer, List.of("on", "off")).equals("on"),
                Optional.ofNullable(report),
                Profile.valueOf(choice("--profile", profile, List.of("fast", "production"))
                        .toUpperCase(Locale.ROOT)),
                runs,
                seed,
                !noPrometheus,
                !noProbe,
                ports(),
                Optional.ofNullable(chaos).map(this::scenario));
    }

    private Scenario scenario(Path file) {
        if (healer.equals("off")) {
            throw bad("--chaos and --healer off: what a scenario expects is what comes of it while the healer runs");
        }
        try {
            return Scenario.read(file, Catalogue.read(Catalogue.under(root())));
        } catch (InvalidFileException e) {
            throw bad(String.valueOf(e.getMessage()));
        }
    }

    private List<Fault> chosen() {
        try {
            return FaultPlan.parse(faults);
        } catch (IllegalArgumentException e) {
            throw bad(String.valueOf(e.getMessage()));
        }
    }

    private Ports ports() {
        try {
            return new Ports(portOffset);
        } catch (IllegalArgumentException e) {
            throw bad(String.valueOf(e.getMessage()));
        }
    }

    private String choice(String option, String value, List<String> allowed) {
        if (!allowed.contains(value)) {
            throw bad(option + " must be " + String.join(" or ", allowed) + ", is '" + value + "'");
        }
        return value;
    }

    private ParameterException bad(String sentence) {
        return new ParameterException(spec == null ? commandLine() : spec.commandLine(), sentence);
    }

    /** The repository; the start script says where it is. */
    static Path root() {
        return Path.of(System.getProperty("selfheal.root", "."))
                .toAbsolutePath()
                .normalize();
    }
}
