package io.selfheal.observability.links;

import io.selfheal.observability.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The stack's own configurations in real programs, and one task of each service that sends to them. Ports are free ones. */
final class LinkedStack implements AutoCloseable {
    private static final List<String> SERVICES = List.of("user", "product", "order");

    private final Path root;
    private final Path folder;
    private final Programs programs;
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Map<String, Process> processes = new LinkedHashMap<>();

    private LinkedStack(Path root, Path folder) {
        this.root = root;
        this.folder = folder;
        this.programs = new Programs(folder);
        for (String name :
                List.of("loki", "loki-grpc", "jaeger", "jaeger-otlp", "prometheus", "otlp", "self", "health")) {
            ports.put(name, FreePort.find());
        }
        SERVICES.forEach(service -> ports.put(service, FreePort.find()));
    }

    static LinkedStack start(Path root, Path folder) throws IOException {
        LinkedStack stack = new LinkedStack(root, folder);
        try {
            stack.loki();
            stack.jaeger();
            stack.prometheus();
            stack.collector();
            SERVICES.forEach(stack::service);
            return stack;
        } catch (IOException | RuntimeException | AssertionError e) {
            stack.close();
            throw e;
        }
    }

    String url(String name) {
        return "http://127.0.0.1:" + ports.get(name);
    }

    Process process(String name) {
        return Objects.requireNonNull(processes.get(name), name);
    }

    void collector() {
        run(
                "collector",
                Map.of(
                        "JAEGER_OTLP", address("jaeger-otlp"),
                        "LOKI_OTLP", url("loki") + "/otlp",
                        "PROMETHEUS_OTLP", url("prometheus") + "/api/v1/otlp"),
                Programs.path("otelcol-contrib", "otelcol"),
                "--config=" + root.resolve("observability/otel-collector/base.yaml"),
                "--config=" + root.resolve("observability/otel-collector/backend-local.yaml"),
                "--config=yaml:extensions::health_check::endpoint: " + address("health"),
                "--config=yaml:receivers::otlp::protocols::grpc::endpoint: 127.0.0.1:0",
                "--config=yaml:receivers::otlp::protocols::http::endpoint: " + address("otlp"),
                "--config=yaml:service::telemetry::metrics::readers: [{pull: {exporter: {prometheus: {host: 127.0.0.1, port: "
                        + ports.get("self")
                        + ", without_type_suffix: true, without_units: true, without_scope_info: true}}}}]");
    }

    private void loki() {
        run(
                "loki",
                Map.of(
                        "LOKI_HOST", "127.0.0.1",
                        "LOKI_PORT", String.valueOf(ports.get("loki")),
                        "LOKI_GRPC_PORT", String.valueOf(ports.get("loki-grpc")),
                        "LOKI_DIR", folder.resolve("loki").toString()),
                Programs.path("loki"),
                "-config.file=" + root.resolve("observability/loki/loki.yaml"),
                "-config.expand-env=true");
    }

    private void jaeger() {
        run(
                "jaeger",
                Map.of(
                        "JAEGER_PORT", String.valueOf(ports.get("jaeger")),
                        "JAEGER_OTLP_PORT", String.valueOf(ports.get("jaeger-otlp")),
                        "JAEGER_METRICS_BACKEND", url("prometheus")),
                Programs.path("jaeger"),
                "--config=" + root.resolve("observability/jaeger/jaeger.yaml"),
                "--config=yaml:extensions::healthcheckv2::http::endpoint: 127.0.0.1:0",
                "--config=yaml:extensions::jaeger_query::grpc::endpoint: 127.0.0.1:0",
                "--config=yaml:service::telemetry::metrics::level: none");
    }

    private void prometheus() throws IOException {
        List<String> scrapes = new ArrayList<>();
        for (String service : SERVICES) {
            scrapes.add("{targets: ['%s'], labels: {service_name: %s}}".formatted(address(service), service));
        }
        Path config = Files.writeString(
                folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, scrape_timeout: 500ms}
                scrape_configs:
                  - {job_name: task, metrics_path: /prometheus, static_configs: [%s]}
                  - {job_name: stack, static_configs: [{targets: ['%s'], labels: {service_name: collector}}]}
                """.formatted(String.join(", ", scrapes), address("self")));
        run(
                "prometheus",
                Map.of(),
                Programs.path("prometheus"),
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("prometheus"),
                "--web.listen-address=" + address("prometheus"),
                "--enable-feature=exemplar-storage");
    }

    private void service(String service) {
        run(
                service,
                Map.of(
                        "PORT", String.valueOf(ports.get(service)),
                        "USER_URL", url("user"),
                        "PRODUCT_URL", url("product"),
                        "OTEL_EXPORTER_OTLP_ENDPOINT", url("otlp"),
                        "OTEL_LOGS_EXPORTER", "otlp",
                        "OTEL_RESOURCE_ATTRIBUTES", "service.namespace=shop,deployment.environment.name=links"),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-jar",
                Programs.jar(root, service).toString());
    }

    private void run(String name, Map<String, String> environment, String... command) {
        processes.put(name, programs.start(name, environment, List.of(command)));
    }

    private String address(String name) {
        return "127.0.0.1:" + ports.get(name);
    }

    @Override
    public void close() {
        programs.close();
    }
}
