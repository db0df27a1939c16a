package io.selfheal.embedded.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a program under a small shell script, its guard. The guard reads orders from a pipe whose other end only this JVM holds. When the
 * JVM ends, however it ends, the kernel closes the pipe and the guard ends the program's whole process group: SIGTERM, then SIGKILL a
 * second later, so even a hung or stopped program goes. POSIX shell only; no polling, no prctl.
 */
final class GuardedLauncher implements Launcher {
    /** Arguments: the log file, then the command. Prints the program's pid, then nothing. Exits as the program does. */
    private static final String GUARD = """
            exec 3<&0 </dev/null
            log=$1; shift
            if command -v setsid >/dev/null 2>&1; then
              setsid "$@" >>"$log" 2>&1 3<&- &
            else
              set -m
              "$@" >>"$log" 2>&1 3<&- &
            fi
            program=$!
            echo "$program"
            exec >/dev/null 2>&1
            (
              while read -r order <&3; do
                case $order in
                  TERM) kill -TERM "$program" ;;
                  KILL) kill -KILL "-$program" || kill -KILL "$program" ;;
                esac
              done
              kill -TERM "-$program" || kill -TERM "$program"
              sleep 1
              kill -KILL "-$program" || kill -KILL "$program"
            ) &
            guard=$!
            wait "$program"
            code=$?
            kill -KILL "$guard" "-$program"
            exit "$code"
            """;

    private final Path shell;
    private final Path guard;
    private final List<String> prefix;

    /** The guard becomes a file in the folder, so that a list of processes stays readable. */
    GuardedLauncher(Path shell, Path folder) throws IOException {
        this.shell = shell;
        this.guard = Files.writeString(folder.resolve("guard.sh"), GUARD);
        // In a session of its own the guard does not get the terminal's Ctrl-C, so tasks are stopped in good order.
        this.prefix = Files.isExecutable(Path.of("/usr/bin/setsid")) ? List.of("/usr/bin/setsid") : List.of();
    }

    @Override
    public Running start(ProcessSpec spec) throws IOException {
        Programs.check(spec);
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                shell.toString(),
                guard.toString(),
                spec.log().map(Path::toString).orElse("/dev/null")));
        command.addAll(Programs.withAwkwardNames(spec));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(spec.directory().toFile()).redirectError(Redirect.DISCARD);
        Programs.environment(builder, spec);
        Process process = builder.start();
        return new Guarded(process, readPid(process));
    }

    private static long readPid(Process process) throws IOException {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            String line = out.readLine();
            if (line == null) {
                throw new IOException("the guard ended before it started the program");
            }
            return Long.parseLong(line);
        }
    }

    private record Guarded(Process process, long pid) implements Running {
        @Override
        public void terminate() {
            order("TERM\n");
        }

        @Override
        public void kill() {
            order("KILL\n");
        }

        @Override
        public int await() throws InterruptedException {
            int code = process.waitFor();
            // Should something have killed the guard itself: closing the pipe makes its other half end the program.
            try {
                process.getOutputStream().close();
            } catch (IOException e) {
                return code;
            }
            return code;
        }

        private void order(String word) {
            try {
                OutputStream orders = process.getOutputStream();
                orders.write(word.getBytes(StandardCharsets.US_ASCII));
                orders.flush();
            } catch (IOException e) {
                // The pipe breaks only when the guard has ended, and then the program has too.
                process.destroyForcibly();
            }
        }
    }
}
