package io.selfheal.embedded.engine;

import io.selfheal.embedded.process.Launcher;
import io.selfheal.embedded.process.PidRecord;
import io.selfheal.embedded.process.Ports;
import io.selfheal.embedded.process.Running;
import io.selfheal.embedded.process.StateDirectory;
import io.selfheal.embedded.state.Binding;
import io.selfheal.embedded.state.Container;
import io.selfheal.embedded.state.StopCode;
import io.selfheal.embedded.state.Task;
import io.selfheal.embedded.state.TaskStatus;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes tasks through their lives. Nothing here blocks its caller: processes are started and stopped by threads of their own. */
final class TaskRunner {
    private static final Logger LOG = System.getLogger(TaskRunner.class.getName());

    private static final Duration UNREAD = Duration.ofMillis(100);

    private final Machine machine;
    private final TaskEnvironment environment;
    private final Monitor monitor;
    private final TaskListener listener;
    private final InstantSource clock;
    private final Map<Container, Live> processes = new HashMap<>();

    /** What tasks run on. */
    record Machine(Launcher launcher, Ports ports, StateDirectory directory) {}

    TaskRunner(
            Machine machine, TaskEnvironment environment, Monitor monitor, TaskListener listener, InstantSource clock) {
        this.machine = machine;
        this.environment = environment;
        this.monitor = monitor;
        this.listener = listener;
        this.clock = clock;
    }

    /** Starts the task's processes soon. */
    void launch(Task task) {
        listener.changed(task);
        Thread.ofVirtual().name("launch " + task.id()).start(() -> run(task));
    }

    /** Asks the task's processes to end; the first reason given stands. */
    void stop(Task task, StopCode code, String reason) {
        if (!task.stop(code, reason, clock.instant())) {
            return;
        }
        advance(task, TaskStatus.DEACTIVATING);
        List<Container> running =
                task.containers().stream().filter(processes::containsKey).toList();
        running.forEach(c -> Thread.ofVirtual().start(() -> terminate(task, c)));
    }

    private void terminate(Task task, Container container) {
        Live live = monitor.call(() -> {
            advance(task, TaskStatus.STOPPING);
            return processes.get(container);
        });
        if (live != null) {
            // It gets no new connections by now. What it was sent a moment ago it must have read before it closes what
            // is idle.
            live.endsWithin(UNREAD);
            live.stop(container.definition().stopTimeout());
        }
    }

    private void run(Task task) {
        for (Container container : task.containers()) {
            try {
                start(task, container);
            } catch (IOException | IllegalStateException e) {
                LOG.log(Level.WARNING, "task {0} did not start: {1}", task.id(), e.getMessage());
                monitor.run(() -> failedToStart(task, container, String.valueOf(e.getMessage())));
            }
        }
        monitor.run(() -> {
            if (task.wanted()) {
                advance(task, TaskStatus.RUNNING);
            }
            finishIfOver(task);
        });
    }

    private void start(Task task, Container container) throws IOException {
        boolean wanted = monitor.call(() -> {
            if (!task.wanted()) {
                container.failed("The task was stopped before this container started.");
                return false;
            }
            container.bound(container.definition().ports().stream()
                    .map(mapping -> new Binding(mapping, machine.ports().take()))
                    .toList());
            advance(task, TaskStatus.ACTIVATING);
            return true;
        });
        if (!wanted) {
            return;
        }
        Path folder = machine.directory().task(task.id());
        Running running = machine.launcher().start(environment.process(task, container, folder));
        PidRecord.add(folder, running.pid(), container.definition().name());
        monitor.run(() -> started(task, container, running, folder));
    }

    private void started(Task task, Container container, Running running, Path folder) {
        Live live = Live.watch(running, code -> monitor.run(() -> exited(task, container, code)));
        processes.put(container, live);
        container.started(task.id() + "-" + running.pid());
        if (!task.wanted()) {
            Thread.ofVirtual().start(() -> terminate(task, container));
        }
        container.definition().healthCheck().ifPresent(check -> {
            HealthWatch watch = new HealthWatch(machine.launcher(), monitor, listener, clock);
            var probe = environment.probe(task, container, check.command(), folder);
            Thread.ofVirtual()
                    .name("health " + task.id())
                    .start(() -> watch.watch(task, container, check, probe, live));
        });
    }

    private void failedToStart(Task task, Container container, String why) {
        container.failed(why);
        boolean first = task.wanted();
        stop(task, StopCode.TASK_FAILED_TO_START, "Task failed to start");
        if (first) {
            listener.crashed(task);
        }
    }

    private void exited(Task task, Container container, int code) {
        processes.remove(container);
        container.exited(code);
        if (container.definition().essential() && task.wanted()) {
            stop(task, StopCode.ESSENTIAL_CONTAINER_EXITED, "Essential container in task exited");
            listener.crashed(task);
        }
        finishIfOver(task);
    }

    private void finishIfOver(Task task) {
        boolean over = task.containers().stream().allMatch(Container::stopped);
        if (over && task.wanted()) {
            // Only containers that are not essential ran, and all have ended.
            stop(task, StopCode.ESSENTIAL_CONTAINER_EXITED, "Essential container in task exited");
        }
        if (over && task.status() != TaskStatus.STOPPED) {
            forgetPids(task);
            task.containers().stream().flatMap(c -> c.bindings().stream()).forEach(b -> machine.ports()
                    .giveBack(b.hostPort()));
            advance(task, TaskStatus.STOPPED);
        }
    }

    private void forgetPids(Task task) {
        try {
            PidRecord.clear(machine.directory().task(task.id()));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "task {0}: {1}", task.id(), e.getMessage());
        }
    }

    private boolean advance(Task task, TaskStatus next) {
        boolean changed = task.advance(next, clock.instant());
        if (changed) {
            task.touched();
            listener.changed(task);
        }
        return changed;
    }

    Collection<Live> live() {
        return List.copyOf(processes.values());
    }
}
