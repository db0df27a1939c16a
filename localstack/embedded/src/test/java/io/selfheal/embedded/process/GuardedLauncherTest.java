package io.selfheal.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.selfheal.embedded.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardedLauncherTest {
    private final Path folder;
    private final Launcher launcher;

    GuardedLauncherTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.launcher = Launcher.forThisMachine(folder);
    }

    @Test
    void exitCodeAndOutputAreTheProgramsOwn() throws Exception {
        Running running = launcher.start(sh("echo out; echo err >&2; exit 7"));

        assertThat(running.await()).isEqualTo(7);
        assertThat(folder.resolve("log")).hasContent("out\nerr");
    }

    @Test
    void sigtermLetsAProgramEndInGoodOrder() throws Exception {
        Running running = launcher.start(sh("trap 'echo bye; exit 0' TERM; touch up; while :; do sleep 0.05; done"));
        Await.until("program up", () -> Files.exists(folder.resolve("up")));

        running.terminate();

        assertThat(running.await()).isZero();
        assertThat(folder.resolve("log")).hasContent("bye");
    }

    @Test
    void sigkillEndsAStoppedProgramAndItsChildren() throws Exception {
        Running running = launcher.start(sh("sleep 300 & echo $! > child; kill -STOP $$; wait"));
        Optional<ProcessHandle> child = child();

        running.kill();

        assertThat(running.await()).isEqualTo(137);
        Await.until("child gone", () -> child.filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void whenAProgramEnds_thenItsChildrenEndToo() throws Exception {
        Running running = launcher.start(sh("sleep 300 & echo $! > child; exit 3"));

        assertThat(running.await()).isEqualTo(3);
        Optional<ProcessHandle> child = child();
        Await.until("child gone", () -> child.filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void onlyTheNamedVariablesAndTheUsualOnesAreHandedOn() throws Exception {
        Running running = launcher.start(new ProcessSpec(
                List.of("env"),
                Map.of("GIVEN", "a 'b' \"c\" $d", "dotted.name", "x"),
                folder,
                Optional.of(folder.resolve("log"))));

        assertThat(running.await()).isZero();
        assertThat(Files.readAllLines(folder.resolve("log")))
                .contains("GIVEN=a 'b' \"c\" $d", "dotted.name=x")
                .anyMatch(line -> line.startsWith("PATH="))
                .noneMatch(line -> line.startsWith("SUREFIRE") || line.startsWith("MAVEN"));
    }

    @Test
    void whatCannotBeStartedSaysWhy() {
        assertThatIOException()
                .isThrownBy(() -> launcher.start(new ProcessSpec(
                        List.of("no-such-program"), Map.of(), folder, Optional.of(folder.resolve("log")))))
                .withMessageContaining("executable file not found");
        assertThatIOException()
                .isThrownBy(() -> launcher.start(new ProcessSpec(
                        List.of("true"), Map.of(), folder.resolve("nowhere"), Optional.of(folder.resolve("log")))))
                .withMessageContaining("working directory");
    }

    @Test
    void aProbeThatHangsFailsAndIsKilled() throws Exception {
        Probe probe = new Probe(launcher);

        assertThat(probe.succeeds(sh("echo $$ > child; sleep 300"), Duration.ofMillis(500)))
                .isFalse();
        Optional<ProcessHandle> hung = child();
        Await.until("probe gone", () -> hung.filter(ProcessHandle::isAlive).isEmpty());
        assertThat(probe.succeeds(sh("true"), Duration.ofSeconds(20))).isTrue();
        assertThat(probe.succeeds(sh("false"), Duration.ofSeconds(20))).isFalse();
    }

    @Test
    void thePlainLauncherRunsAndKillsToo() throws Exception {
        Running running = new PlainLauncher().start(sh("sleep 300 & echo $! > child; wait"));
        Optional<ProcessHandle> child = child();

        running.kill();
        running.await();

        Await.until("child gone", () -> child.filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void processesLeftByACrashAreEnded() throws Exception {
        StateDirectory directory = StateDirectory.open(folder);
        Process left = new ProcessBuilder("sleep", "300").start();
        PidRecord.add(directory.task("abc"), left.pid(), "app");
        // The same pid, started at another time, is somebody else's.
        Files.writeString(
                directory.task("other").resolve("pids"), ProcessHandle.current().pid() + " 12345 app\n");

        assertThat(PidRecord.reap(directory.root())).containsExactly("task abc (pid " + left.pid() + ")");

        assertThat(left.waitFor()).isEqualTo(137);
        directory.close();
    }

    private Optional<ProcessHandle> child() {
        String pid = Await.until("child's pid", () -> read(folder.resolve("child")), text -> text.endsWith("\n"));
        return ProcessHandle.of(Long.parseLong(pid.trim()));
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            return "";
        }
    }

    private ProcessSpec sh(String script) {
        return new ProcessSpec(List.of("sh", "-c", script), Map.of(), folder, Optional.of(folder.resolve("log")));
    }
}
