package io.selfheal.embedded.engine;

import io.selfheal.embedded.event.Events;
import io.selfheal.embedded.logs.LogStream;
import io.selfheal.embedded.process.Launcher;
import io.selfheal.embedded.process.Ports;
import io.selfheal.embedded.process.StateDirectory;
import io.selfheal.embedded.state.Cluster;
import io.selfheal.embedded.state.Deployment;
import io.selfheal.embedded.state.Service;
import io.selfheal.embedded.state.ServiceDeployment.Status;
import io.selfheal.embedded.state.StopCode;
import io.selfheal.embedded.state.TargetGroup;
import io.selfheal.embedded.state.TargetGroup.Target;
import io.selfheal.embedded.state.Task;
import io.selfheal.embedded.state.TaskDefinition;
import io.selfheal.embedded.state.World;
import io.selfheal.embedded.wire.Fields;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Keeps what runs as it is wanted to be. Methods that change something are called through {@link #call}. */
public final class Engine implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Engine.class.getName());
    private static final Duration HOUSEKEEPING = Duration.ofSeconds(10);

    private final World world;
    private final Monitor monitor = new Monitor(this::settle);
    private final SequencedSet<Service> dirty = new LinkedHashSet<>();
    private final Map<Service, Instant> alarms = new HashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("timer").factory());
    private final Settings settings;
    private final InstantSource clock;
    private final Ids ids;
    private final Reporter reporter;
    private final TaskFactory factory;
    private final TaskRunner runner;
    private final ServiceReconciler reconciler;
    private final Targets targets;
    private final TargetGroups targetGroups;
    private final Connections connections;
    private final Housekeeping housekeeping;
    private final LogStreams logStreams;

    /** What the engine works with. */
    public record Parts(
            Launcher launcher,
            Ports ports,
            StateDirectory directory,
            Events events,
            Ids ids,
            InstantSource clock,
            String endpoint) {}

    public Engine(World world, Parts parts, Settings settings) {
        this.world = world;
        this.settings = settings;
        this.clock = parts.clock();
        this.ids = parts.ids();
        this.reporter = new Reporter(parts.events(), ids, clock);
        this.factory = new TaskFactory(world, ids, clock);
        this.runner = new TaskRunner(
                new TaskRunner.Machine(parts.launcher(), parts.ports(), parts.directory()),
                new TaskEnvironment(parts.endpoint(), world.arns().region()),
                monitor,
                new Listener(),
                clock);
        this.reconciler = new ServiceReconciler(runner, factory, reporter, settings, clock);
        this.targets = new Targets(parts.directory());
        this.targetGroups = new TargetGroups(world);
        this.connections = new Connections(targetGroups);
        this.logStreams = new LogStreams(world, parts.directory());
        this.housekeeping = new Housekeeping(parts.directory(), settings.keepStopped());
        var unused = timer.scheduleWithFixedDelay(
                this::tidy, HOUSEKEEPING.toMillis(), HOUSEKEEPING.toMillis(), TimeUnit.MILLISECONDS);
        targets.write(world);
    }

    public World world() {
        return world;
    }

    public Instant now() {
        return clock.instant();
    }

    /** Runs with the lock held; the consequences of its changes are drawn before it returns. */
    public <T> T call(Supplier<T> action) {
        return monitor.call(action);
    }

    /** Starts to roll this revision out. */
    public void deploy(Service service, TaskDefinition definition) {
        service.deploy(ids.deployment(), definition, now());
        reporter.deploymentInProgress(service);
        dirty.add(service);
    }

    /** Opens the service's Service Connect ports as its settings say. */
    public void connect(Service service) {
        connections.open(service);
    }

    public String targetGroupArn(String name) {
        return world.arns().targetGroup(name, ids.targetGroup());
    }

    public Optional<Task> taskAt(Target target) {
        return targetGroups.task(target);
    }

    public boolean isUsed(TargetGroup group) {
        return targetGroups.isUsed(group);
    }

    public List<LogStream> logStreams() {
        return logStreams.all();
    }

    public void changed(Service service) {
        dirty.add(service);
    }

    public void drain(Service service) {
        service.desired(0);
        service.status(Service.Status.DRAINING);
        service.history().current().ifPresent(d -> d.to(Status.STOPPED, "The service is being deleted.", now()));
        connections.close(service);
        dirty.add(service);
    }

    public Task run(Cluster cluster, TaskDefinition definition, Fields request) {
        Task task = factory.forRequest(cluster, definition, request);
        runner.launch(task);
        return task;
    }

    public void stop(Task task, String reason) {
        runner.stop(task, StopCode.USER_INITIATED, reason);
    }

    private void settle() {
        while (!dirty.isEmpty()) {
            Service service = dirty.removeFirst();
            reconciler.reconcile(service).ifPresent(at -> wake(service, at));
        }
        targetGroups.refresh(connections::isBusy);
        connections.refresh();
        targets.write(world);
    }

    private void wake(Service service, Instant at) {
        Instant known = alarms.get(service);
        if (known != null && !known.isAfter(at) && known.isAfter(now())) {
            return;
        }
        alarms.put(service, at);
        long millis = Math.max(1, Duration.between(now(), at).toMillis() + 1);
        if (!timer.isShutdown()) {
            var unused = timer.schedule(() -> monitor.run(() -> dirty.add(service)), millis, TimeUnit.MILLISECONDS);
        }
    }

    private void tidy() {
        try {
            monitor.run(() -> housekeeping.forgetStopped(world, now()));
            housekeeping.trimLogs();
        } catch (RuntimeException e) {
            // Else the timer would never call again.
            LOG.log(Level.ERROR, "housekeeping failed", e);
        }
    }

    /** Stops every task and waits for their end, for as long as the settings allow, before it kills. */
    @Override
    public void close() {
        timer.shutdownNow();
        monitor.run(() -> {
            connections.closeAll();
            world.clusters().stream()
                    .flatMap(c -> c.services().stream())
                    .forEach(s -> s.status(Service.Status.INACTIVE));
            tasks().filter(Task::wanted).forEach(t -> stop(t, "The embedded endpoint is stopping."));
        });
        if (!monitor.await(this::idle, settings.shutdown())) {
            monitor.call(runner::live).forEach(process -> process.running().kill());
            monitor.await(this::idle, settings.shutdown());
        }
    }

    private boolean idle() {
        return tasks().allMatch(Task::stopped);
    }

    private Stream<Task> tasks() {
        return world.clusters().stream().flatMap(c -> c.tasks().stream());
    }

    private final class Listener implements TaskListener {
        @Override
        public void changed(Task task) {
            reporter.task(task);
            service(task).ifPresent(dirty::add);
        }

        @Override
        public void crashed(Task task) {
            reconciler.failed(task);
        }

        @Override
        public void healthy(Task task) {
            reconciler.healthy(task);
        }

        private Optional<Service> service(Task task) {
            return task.origin().deployment().map(Deployment::service);
        }
    }
}
