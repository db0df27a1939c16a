package io.selfheal.healer.server.command;

import io.selfheal.healer.incident.StoreUnavailableException;
import io.selfheal.healer.local.JdbcDatabase;
import io.selfheal.healer.local.JdbcSettings;
import io.selfheal.healer.policy.InvalidPolicyException;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.rehearsal.Backtest;
import io.selfheal.healer.rehearsal.Facts;
import io.selfheal.healer.rehearsal.InvalidInputException;
import io.selfheal.healer.rehearsal.RecordedSignal;
import io.selfheal.healer.rehearsal.SignalHistory;
import io.selfheal.healer.rehearsal.WhatIf;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code java -jar healer-server.jar COMMAND}. None of them starts the server or touches the fleet. */
@Command(
        name = "healer-server",
        mixinStandardHelpOptions = true,
        version = "Selfheal healer",
        subcommands = {VerifyHistory.class, CreateTable.class},
        description = {"Without a command the healer starts. With one it does that and ends.", ""},
        footer = {"", "Exit codes: 0 done; 1 faults were found; 2 what was given cannot be used, and why."})
public final class HealerCommands {
    private static final int DONE = 0;
    private static final int UNUSABLE = 2;

    private final CommandLine line = new CommandLine(this);

    private HealerCommands() {}

    /** Whether the program was asked for a command, not for the server. */
    public static boolean areMeantBy(String[] args) {
        return args.length > 0
                && (!args[0].startsWith("-")
                        || List.of("-h", "--help", "-V", "--version").contains(args[0]));
    }

    /** Runs the command and returns the exit code. */
    public static int run(String... args) {
        return new HealerCommands().execute(args);
    }

    /** The same with the places given where it writes to. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        HealerCommands commands = new HealerCommands();
        commands.line.setOut(out).setErr(err);
        return commands.execute(args);
    }

    private int execute(String... args) {
        line.setExecutionExceptionHandler((failure, _, _) -> refused(failure));
        if (args.length > 0
                && !args[0].startsWith("-")
                && !line.getSubcommands().containsKey(args[0])) {
            line.getErr()
                    .println("unknown command '" + args[0] + "'; there are: "
                            + String.join(", ", line.getSubcommands().keySet())
                            + "; without a command the server starts");
            line.getErr().flush();
            return UNUSABLE;
        }
        return line.execute(args);
    }

    private int refused(Exception failure) throws Exception {
        List<String> sentences =
                switch (failure) {
                    case InvalidPolicyException policy -> policy.problems();
                    case InvalidInputException input -> input.problems();
                    case CommandRefusedException refused -> List.of(String.valueOf(refused.getMessage()));
                    default -> throw failure;
                };
        sentences.forEach(line.getErr()::println);
        line.getErr().flush();
        return UNUSABLE;
    }

    private int say(String text) {
        line.getOut().print(text);
        line.getOut().flush();
        return DONE;
    }

    @Command(name = "lint", mixinStandardHelpOptions = true, description = "Checks policy files.")
    int lint(
            @Parameters(paramLabel = "POLICY", arity = "1..*", description = "policy files in YAML") List<Path> files) {
        int code = DONE;
        for (Path file : files) {
            try {
                Policies policies = TextFile.policies(file);
                say(file + ": good, " + policies.policies().size() + " policies, " + policies.label() + "\n");
            } catch (InvalidPolicyException | CommandRefusedException e) {
                code = refuseOne(e);
            }
        }
        return code;
    }

    /** Goes on with the next file. */
    private int refuseOne(RuntimeException e) {
        try {
            return refused(e);
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Command(
            name = "explain",
            mixinStandardHelpOptions = true,
            description =
                    "Says what would happen for an alert now, and why: the policy, every guardrail, the decision.")
    int explain(
            @Parameters(paramLabel = "POLICY", description = "policy file in YAML") Path policy,
            @Option(
                            names = "--alert",
                            required = true,
                            paramLabel = "ALERT.json",
                            description = "a webhook's body of Alertmanager or Grafana, or a recorded signal")
                    Path alert,
            @Option(
                            names = "--facts",
                            paramLabel = "FACTS.json",
                            description = "the service and what else is known; what it leaves out is assumed well")
                    Optional<Path> facts,
            @Option(
                            names = "--cluster",
                            defaultValue = "selfheal",
                            description = "of alerts without the label cluster (default: ${DEFAULT-VALUE})")
                    String cluster) {
        Policies policies = TextFile.policies(policy);
        Facts known = facts.map(file -> Facts.parse(file.toString(), TextFile.read(file)))
                .orElseGet(Facts::assumed);
        WhatIf whatIf = new WhatIf(policies, known);
        return say(whatIf.explain(whatIf.alerts(alert.toString(), TextFile.read(alert), cluster)));
    }

    @Command(
            name = "migrate",
            mixinStandardHelpOptions = true,
            description = {
                "Brings the store's tables up to date. The server does that too, at its start; then what migrates stays in"
                        + " its memory.",
                "Reads HEALER_JDBC_URL, HEALER_JDBC_USER and HEALER_JDBC_PASSWORD as the server does."
            })
    int migrate(
            @Option(
                            names = "--jdbc-url",
                            paramLabel = "URL",
                            defaultValue = "${env:HEALER_JDBC_URL:-jdbc:h2:file:./.selfheal/healer}",
                            description = "of H2 or PostgreSQL (default: HEALER_JDBC_URL)")
                    String url,
            @Option(
                            names = "--jdbc-user",
                            defaultValue = "${env:HEALER_JDBC_USER:-healer}",
                            description = "(default: HEALER_JDBC_USER)")
                    String user,
            @Option(names = "--jdbc-password", defaultValue = "${env:HEALER_JDBC_PASSWORD:-}", hidden = true)
                    String password) {
        try (JdbcDatabase _ = JdbcDatabase.open(JdbcSettings.of(url, user, password))) {
            return say("the store is up to date\n");
        } catch (IllegalArgumentException | IllegalStateException | StoreUnavailableException e) {
            throw new CommandRefusedException(String.valueOf(e.getMessage()));
        }
    }

    @Command(
            name = "backtest",
            mixinStandardHelpOptions = true,
            description =
                    "Replays a recorded history of signals through a policy file on a modelled world, and shows how a"
                            + " second one differs. docs/policy-tools.md states the model and the history's format.")
    int backtest(
            @Parameters(paramLabel = "HISTORY.jsonl", description = "recorded signals, one JSON object a line")
                    Path history,
            @Parameters(paramLabel = "POLICY", description = "policy file in YAML") Path policy,
            @Parameters(paramLabel = "OTHER_POLICY", arity = "0..1", description = "the one to compare with")
                    Optional<Path> other,
            @Option(
                            names = "--tasks",
                            defaultValue = "3",
                            description = "that each service of the model wants (default: ${DEFAULT-VALUE})")
                    int tasks) {
        if (tasks < 1 || tasks > 1000) {
            throw new CommandRefusedException("--tasks: expected 1 to 1000, was " + tasks);
        }
        Policies one = TextFile.policies(policy);
        Optional<Policies> two = other.map(TextFile::policies);
        List<RecordedSignal> signals =
                SignalHistory.read(history.toString(), TextFile.read(history).lines());
        Backtest backtest = new Backtest(signals, tasks);
        return say(two.map(second -> backtest.of(one, second)).orElseGet(() -> backtest.of(one)));
    }
}
