package io.selfheal.healer.server.command;

import io.selfheal.healer.audit.Anchor;
import io.selfheal.healer.audit.AuditReport;
import io.selfheal.healer.audit.HistoryAudit;
import io.selfheal.healer.local.JdbcSettings;
import io.selfheal.healer.local.JdbcStoredHistory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether the history in the store is the one that was written. */
@Command(
        name = "verify-history",
        mixinStandardHelpOptions = true,
        description =
                "Follows the hash chains of the stored history, names every entry and incident that was changed, removed,"
                        + " added or moved, and prints where each service's history ends. Changes nothing.",
        footer = {"", "Exit codes: 0 sound; 1 faults were found; 2 what was given cannot be used, and why."})
final class VerifyHistory implements Callable<Integer> {
    private static final int SOUND = 0;
    private static final int FAULTY = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--jdbc-url",
            defaultValue = "${env:HEALER_JDBC_URL:-jdbc:h2:file:./.selfheal/healer}",
            description = "the store's database (default: HEALER_JDBC_URL, or else as the healer's)")
    private String url = "";

    @Option(
            names = "--jdbc-user",
            defaultValue = "${env:HEALER_JDBC_USER:-healer}",
            description = "(default: HEALER_JDBC_USER, or else healer); the password is HEALER_JDBC_PASSWORD")
    private String user = "";

    @Option(names = "--jdbc-password", hidden = true, defaultValue = "${env:HEALER_JDBC_PASSWORD:-}")
    private String password = "";

    @Option(
            names = "--noted",
            paramLabel = "FILE",
            description = "what this command printed earlier, kept where nobody who can write to the store can:"
                    + " the history must still contain it")
    private Optional<Path> noted = Optional.empty();

    @Override
    public Integer call() {
        AuditReport report = audit(noted.map(VerifyHistory::anchors).orElse(List.of()));
        PrintWriter out = spec.commandLine().getOut();
        out.println(report.incidents() + " incidents, " + report.entries() + " entries, " + report.unchained()
                + " of them from before the chain");
        report.findings().forEach(finding -> out.println("FAULT " + finding));
        report.heads().forEach(head -> out.println("head " + head.anchor()));
        out.println("digest " + report.digest());
        out.println(
                report.sound()
                        ? "sound"
                        : report.faults() + " faults; the first "
                                + report.findings().size() + " are named");
        out.flush();
        return report.sound() ? SOUND : FAULTY;
    }

    private AuditReport audit(List<Anchor> anchors) {
        try {
            return HistoryAudit.of(JdbcStoredHistory.of(JdbcSettings.of(url, user, password)), anchors);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new CommandRefusedException(String.valueOf(e.getMessage()));
        }
    }

    private static List<Anchor> anchors(Path file) {
        List<Anchor> anchors = TextFile.read(file)
                .lines()
                .map(Anchor::parse)
                .flatMap(Optional::stream)
                .toList();
        if (anchors.isEmpty()) {
            throw new CommandRefusedException(file + ": holds no line 'head SERVICE NUMBER INCIDENT LENGTH:HASH'");
        }
        return anchors;
    }
}
