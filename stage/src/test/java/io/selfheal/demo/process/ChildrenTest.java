package io.selfheal.demo.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(
        value = {OS.LINUX, OS.MAC},
        disabledReason = "the guard is a POSIX shell")
class ChildrenTest {

    private final Path folder;
    private final Children children = new Children();

    ChildrenTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void stopAll() {
        children.close();
    }

    @Test
    void givenAChildThatDies_whenChecked_thenItsNameExitCodeAndLastLinesAreTold() {
        Child healthy = children.start(shell("healthy", "sleep 600"));
        children.start(shell("sickly", "echo out of cheese; exit 7"));

        ChildFailed death =
                children.firstDeath().orTimeout(20, TimeUnit.SECONDS).join();

        assertThat(death)
                .hasMessageContaining("sickly")
                .hasMessageContaining("7")
                .hasMessageContaining("out of cheese");
        assertThatThrownBy(children::check).isInstanceOf(ChildFailed.class);
        children.close();
        assertThat(healthy.alive()).isFalse();
    }

    @Test
    void givenChildren_whenClosed_thenTheyAndTheirChildrenAreGoneAndNoDeathIsReported() throws Exception {
        Path pids = folder.resolve("pids");
        children.start(shell("parent", "sleep 600 & echo $! > " + pids + "; echo $$ >> " + pids + "; exec sleep 600"));
        List<Long> started = awaitPids(pids);

        children.close();

        assertThat(started).hasSize(2);
        assertThat(ProcessHandle.of(started.getLast()).filter(ProcessHandle::isAlive))
                .isEmpty();
        assertThat(children.firstDeath()).isNotDone();
        ProcessHandle.of(started.getFirst()).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void givenAChildThatIgnoresBeingAsked_whenItsStageIsGone_thenItIsKilled() throws Exception {
        Path pids = folder.resolve("pids");
        Child stubborn =
                children.start(shell("stubborn", "trap '' TERM; echo $$ > " + pids + "; while :; do sleep 1; done"));
        ProcessHandle program = ProcessHandle.of(awaitPids(pids).getFirst()).orElseThrow();

        stubborn.stop(Duration.ofMillis(200));

        assertThat(program.onExit().orTimeout(20, TimeUnit.SECONDS).join().isAlive())
                .isFalse();
    }

    @Test
    void givenClosing_whenStarted_thenRefused() {
        children.close();

        assertThatThrownBy(() -> children.start(shell("late", "sleep 600"))).isInstanceOf(ChildFailed.class);
    }

    @Test
    void givenNoSuchProgram_whenStarted_thenItDiesWithTheShellsSentence() {
        children.start(new Command("ghost", List.of("/no/such/program"), Map.of(), folder.resolve("ghost.log")));

        assertThat(children.firstDeath().orTimeout(20, TimeUnit.SECONDS).join())
                .hasMessageContaining("ghost")
                .hasMessageContaining("/no/such/program");
    }

    private Command shell(String name, String script) {
        return new Command(name, List.of("/bin/sh", "-c", script), Map.of(), folder.resolve(name + ".log"));
    }

    private static List<Long> awaitPids(Path file) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < end) {
            if (Files.exists(file)) {
                List<Long> pids =
                        Files.readAllLines(file).stream().map(Long::valueOf).toList();
                if (!pids.isEmpty()) {
                    return pids;
                }
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("no pids were written");
    }
}
