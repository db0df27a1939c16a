package io.selfheal.demo.stage;

import io.selfheal.demo.fleet.EcsApi;
import io.selfheal.demo.fleet.EcsFailed;
import io.selfheal.demo.fleet.Fleet;
import io.selfheal.demo.http.Http;
import io.selfheal.demo.load.Load;
import io.selfheal.demo.load.ShopUsers;
import io.selfheal.demo.process.Command;
import io.selfheal.observability.Profile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A small stage for training runs: one process of each program, wired as on the real one, on ports of its own. */
public final class TrainingGround implements AutoCloseable {

    /** Far from the stage's own ports, so that a build and a demo can run side by side. */
    private static final int FIRST_OFFSET = 21_000;

    private static final int OFFSET_STEP = 100;
    private static final int OFFSETS = 50;

    private static final String TOKEN = "training-token-0123456789";
    private static final Secrets SECRETS = new Secrets(TOKEN, TOKEN, TOKEN);
    private static final int ROUNDS = 40;
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final Path root;
    private final Path folder;
    private final Databases databases;
    private final Ports ports;
    private final EcsApi ecs;

    private TrainingGround(Path root, Path folder, Databases databases, Ports ports) {
        this.root = root;
        this.folder = folder;
        this.databases = databases;
        this.ports = ports;
        this.ecs = new EcsApi(Ports.url(ports.ecs()));
    }

    /** With empty databases. */
    public static TrainingGround open(Path root, Path folder) {
        Ports ports = IntStream.range(0, OFFSETS)
                .mapToObj(step -> new Ports(FIRST_OFFSET + step * OFFSET_STEP))
                .filter(candidate -> Preconditions.portsInUse(candidate).isEmpty())
                .findFirst()
                .orElseThrow(() -> new StageFailed("No free ports were found for training."));
        return new TrainingGround(root, folder, Databases.start(ports.databases(), Shop.SERVICES, TOKEN), ports);
    }

    /** How to start a program here, by that java command. */
    public Command command(Program program, List<String> java, Path log) {
        List<String> command = new ArrayList<>(java);
        Map<String, String> environment = new HashMap<>();
        switch (program) {
            case USER -> environment.putAll(task("user"));
            case PRODUCT -> environment.putAll(task("product"));
            case ORDER -> environment.putAll(task("order"));
            case HEALER -> environment.putAll(new HealerEnvironment(options(), SECRETS).of(folder));
            case ECS ->
                command.addAll(List.of(
                        "--port",
                        String.valueOf(ports.ecs()),
                        "--state-dir",
                        folder.resolve("ecs").toString()));
        }
        return new Command(program.artifact(), command, environment, log);
    }

    /** What a healer finds that was not the first to start. */
    public void prepare() {
        HealerStore.migrate(root, new HealerEnvironment(options(), SECRETS).of(folder), folder.resolve("migrate.log"));
    }

    /** Answers 2xx when the program is ready. */
    public URI ready(Program program) {
        return switch (program) {
            case USER -> front("user").resolve("/health/readiness");
            case PRODUCT -> front("product").resolve("/health/readiness");
            case ORDER -> front("order").resolve("/health/readiness");
            case HEALER -> Ports.url(ports.healer()).resolve("/health");
            case ECS -> Ports.url(ports.ecs()).resolve("/_embedded/health");
        };
    }

    /** A little of everything that the programs do on the stage; what fails here only trains less. */
    public void exercise() {
        ShopUsers users = new ShopUsers(front("user"), front("product"), front("order"), 1);
        for (int round = 0; round < ROUNDS; round++) {
            for (Load.Kind kind : users.mix()) {
                var unused = kind.send().get();
            }
        }
        for (String service : Shop.SERVICES) {
            for (String path : List.of("/" + service + "s", "/health", "/health/liveness", "/prometheus", "/faults")) {
                Http.get(front(service).resolve(path), TIMEOUT);
            }
        }
        exerciseEcs();
        exerciseHealer();
    }

    @Override
    public void close() {
        databases.close();
    }

    private void exerciseEcs() {
        try {
            ecs.call("CreateCluster", Map.of("clusterName", Fleet.CLUSTER));
            Fleet fleet = new Fleet(ecs, List.of());
            fleet.running();
            fleet.stopped();
        } catch (EcsFailed e) {
            // The endpoint is not there, and its own training has already said so.
            return;
        }
    }

    private void exerciseHealer() {
        String alert = """
                {"version":"4","status":"firing","receiver":"healer","groupKey":"{}","alerts":[{"status":"firing",
                "labels":{"alertname":"ErrorBurst","service_name":"order","cluster":"selfheal","heal":"auto","severity":"page",
                "task_arn":"arn:aws:ecs:us-east-1:000000000000:task/selfheal/0123456789abcdef0123456789abcdef"},
                "annotations":{},"startsAt":"2026-01-01T00:00:00Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"00"}]}""";
        URI healer = Ports.url(ports.healer());
        Map<String, String> headers = Map.of("Authorization", "Bearer " + TOKEN);
        for (int round = 0; round < ROUNDS / 4; round++) {
            Http.send("POST", healer.resolve("/signals/alertmanager"), headers, alert, TIMEOUT);
            for (String path : List.of("/incidents?limit=10", "/policies", "/health", "/prometheus")) {
                Http.get(healer.resolve(path), TIMEOUT);
            }
        }
    }

    private Map<String, String> task(String service) {
        Map<String, String> environment = new HashMap<>(Shop.environment(service, databases, SECRETS, ports));
        environment.put("PORT", String.valueOf(ports.front(service)));
        return environment;
    }

    private StageOptions options() {
        return new StageOptions(root, Profile.FAST, true, true, Optional.empty(), ports, 0);
    }

    private URI front(String service) {
        return Ports.url(ports.front(service));
    }
}
