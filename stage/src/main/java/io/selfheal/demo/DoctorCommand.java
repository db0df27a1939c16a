package io.selfheal.demo;

import io.selfheal.demo.doctor.Doctor;
import io.selfheal.demo.doctor.Finding;
import io.selfheal.demo.stage.Ports;
import io.selfheal.demo.story.Terminal;
import io.selfheal.demo.story.Terminal.Tone;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks at the machine, and says how to mend what is missing. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "look at JDK, ports, memory and tools, and say how to mend each")
final class DoctorCommand implements Callable<Integer> {

    @Option(names = "--port-offset", paramLabel = "N", defaultValue = "0", description = "look at ports shifted by N")
    private int portOffset;

    @Override
    public Integer call() {
        Terminal terminal = Terminal.standard();
        List<Finding> findings = new Doctor(Demo.root(), new Ports(portOffset)).examine();
        findings.forEach(finding -> tell(terminal, finding));
        boolean bad = findings.stream().anyMatch(finding -> finding.level() == Finding.Level.BAD);
        terminal.line(bad ? "Not ready: mend what is marked ✘." : "Ready: ./demo");
        return bad ? 1 : 0;
    }

    private static void tell(Terminal terminal, Finding finding) {
        String mark =
                switch (finding.level()) {
                    case GOOD -> terminal.paint(Tone.GOOD, "✔");
                    case WEAK -> terminal.paint(Tone.WARN, "!");
                    case BAD -> terminal.paint(Tone.BAD, "✘");
                };
        terminal.line("%s %-11s %s".formatted(mark, finding.what(), finding.state()));
        if (!finding.mend().isEmpty()) {
            terminal.line("  %-11s → %s".formatted("", finding.mend()));
        }
    }
}
