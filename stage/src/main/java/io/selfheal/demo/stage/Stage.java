package io.selfheal.demo.stage;

import io.selfheal.demo.fleet.EcsApi;
import io.selfheal.demo.fleet.Fleet;
import io.selfheal.demo.load.Crowd;
import io.selfheal.demo.load.Load;
import io.selfheal.demo.load.LoadLog;
import io.selfheal.demo.load.ShopUsers;
import io.selfheal.demo.process.Child;
import io.selfheal.demo.process.Children;
import io.selfheal.demo.process.Command;
import io.selfheal.demo.watch.Prober;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Everything that runs: databases, embedded ECS with the shop's tasks, healer, Prometheus, Alertmanager, users, prober. */
public final class Stage implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double REQUESTS_PER_SECOND = 40;

    private final StageOptions options;
    private final Clock clock;
    private final Consumer<String> say;
    private final Children children = new Children();
    private final Patience patience = new Patience(children, PATIENCE);
    private final Secrets secrets = Secrets.random(Optional.ofNullable(System.getenv("HEALER_TOKEN")));
    private final LoadLog loadLog = new LoadLog();
    private final EcsApi ecs;
    private final Fleet fleet;
    private final Load load;
    private final Prober prober;
    private final List<AutoCloseable> toClose = new ArrayList<>();

    public Stage(StageOptions options, Clock clock, Consumer<String> say) {
        this.options = options;
        this.clock = clock;
        this.say = say;
        this.ecs = new EcsApi(Ports.url(options.ports().ecs()));
        this.fleet = new Fleet(ecs, Shop.SERVICES);
        this.prober = new Prober(fleet, clock);
        Ports ports = options.ports();
        ShopUsers users = new ShopUsers(
                Ports.url(ports.front("user")),
                Ports.url(ports.front("product")),
                Ports.url(ports.front("order")),
                options.seed());
        this.load = new Load(users.mix(), REQUESTS_PER_SECOND, loadLog, clock, options.seed());
    }

    /** Starts everything and returns when all of it is healthy; throws with a sentence when something is not. */
    public void start() {
        RunFolder folder = opened(RunFolder.take(options.folder()));
        Preconditions.check(options);
        say.accept("databases (H2) and embedded ECS");
        Databases databases = opened(Databases.start(options.ports().databases(), Shop.SERVICES, secrets.database()));
        startEcs(folder);
        say.accept("user, product, order: two tasks each");
        new Shop(ecs, options.root(), options.ports(), options.setting()).open(databases, secrets);
        Optional<Child> healer = options.healerOn() ? Optional.of(startHealer(folder)) : Optional.empty();
        options.tools().ifPresent(tools -> startMonitoring(tools, folder));
        healer.ifPresent(child -> {
            say.accept("healer");
            patience.untilHealthy(child, Ports.url(options.ports().healer()).resolve("/health"));
        });
        say.accept("every task ready");
        new Opening(fleet, patience, folder.path().resolve("ecs/tasks")).await();
        say.accept("users: " + (int) REQUESTS_PER_SECOND + " requests a second");
        opened(load).start();
        opened(prober).start();
    }

    public StageOptions options() {
        return options;
    }

    public Clock clock() {
        return clock;
    }

    public EcsApi ecs() {
        return ecs;
    }

    public Fleet fleet() {
        return fleet;
    }

    public Load load() {
        return load;
    }

    /** More users of one service, who only read; what they experience is in the log of the load. */
    public Crowd crowd(String service) {
        URI front = Ports.url(options.ports().front(service));
        return new Crowd(service, front.resolve("/" + service + "s?size=1"), loadLog, clock);
    }

    public LoadLog loadLog() {
        return loadLog;
    }

    public Prober prober() {
        return prober;
    }

    public Children children() {
        return children;
    }

    /** The token that the healer asks for. */
    public String token() {
        return secrets.healer();
    }

    /** Where a person finds what; only what runs. */
    public Map<String, URI> urls() {
        Ports ports = options.ports();
        Map<String, URI> urls = new LinkedHashMap<>();
        Shop.SERVICES.forEach(service -> urls.put(service, Ports.url(ports.front(service))));
        urls.put("ecs", Ports.url(ports.ecs()));
        if (options.healerOn()) {
            urls.put("healer", Ports.url(ports.healer()));
        }
        if (options.tools().isPresent()) {
            urls.put("prometheus", Ports.url(ports.prometheus()));
            urls.put("alertmanager", Ports.url(ports.alertmanager()));
        }
        return urls;
    }

    /** Stops everything, newest first. Safe to call twice. */
    @Override
    public void close() {
        List<AutoCloseable> closing;
        synchronized (toClose) {
            closing = new ArrayList<>(toClose.reversed());
            toClose.clear();
        }
        load.close();
        prober.close();
        children.close();
        for (AutoCloseable each : closing) {
            try {
                each.close();
            } catch (Exception e) {
                say.accept("could not be closed: " + e.getMessage());
            }
        }
    }

    private void startEcs(RunFolder folder) {
        List<String> command = new ArrayList<>(Program.ECS.command(options.root()));
        command.addAll(List.of(
                "--port", String.valueOf(options.ports().ecs()),
                "--state-dir", folder.path().resolve("ecs").toString()));
        if (options.healerOn()) {
            URI events = Ports.url(options.ports().healer()).resolve("/signals/ecs");
            command.addAll(List.of("--events-url", events.toString(), "--events-token-env", "HEALER_TOKEN"));
        }
        Child child = children.start(
                new Command("embedded ECS", command, Map.of("HEALER_TOKEN", secrets.healer()), folder.log("ecs")));
        patience.untilHealthy(child, Ports.url(options.ports().ecs()).resolve("/_embedded/health"));
    }

    private Child startHealer(RunFolder folder) {
        Map<String, String> environment = new HealerEnvironment(options, secrets).of(folder.path());
        HealerStore.migrate(options.root(), environment, folder.log("healer-migrate"));
        return children.start(
                new Command("healer", Program.HEALER.command(options.root()), environment, folder.log("healer")));
    }

    private void startMonitoring(MonitoringTools.Tools tools, RunFolder folder) {
        say.accept("Prometheus and Alertmanager");
        Monitoring monitoring = new Monitoring(options, tools, secrets.healer());
        List<Child> both =
                monitoring.commands(folder).stream().map(children::start).toList();
        patience.untilHealthy(
                both.getFirst(), Ports.url(options.ports().alertmanager()).resolve("/-/ready"));
        patience.untilHealthy(
                both.getLast(), Ports.url(options.ports().prometheus()).resolve("/-/ready"));
    }

    private <T extends AutoCloseable> T opened(T closeable) {
        synchronized (toClose) {
            toClose.add(closeable);
        }
        return closeable;
    }
}
