package io.selfheal.embedded.engine;

import io.selfheal.embedded.connect.Forwarder;
import io.selfheal.embedded.state.Health;
import io.selfheal.embedded.state.Service;
import io.selfheal.embedded.state.Task;
import io.selfheal.embedded.wire.AwsException;
import io.selfheal.embedded.wire.Fields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The services' Service Connect ports. */
final class Connections {
    private static final int MAX_PORT = 65_535;

    private final Map<Service, List<Route>> routes = new HashMap<>();

    private final TargetGroups groups;

    Connections(TargetGroups groups) {
        this.groups = groups;
    }

    private record Alias(String portName, int port) {}

    private record Route(Alias alias, Forwarder forwarder) {}

    /** Listens on the service's aliases as its settings have them now; ports that it had before stay open. */
    void open(Service service) {
        List<Route> old = routes.getOrDefault(service, List.of());
        List<Route> now = new ArrayList<>();
        try {
            for (Alias alias : aliases(service)) {
                now.add(old.stream()
                        .filter(r -> r.alias().equals(alias))
                        .findFirst()
                        .orElseGet(() -> listen(alias)));
            }
        } catch (AwsException e) {
            now.stream().filter(r -> !old.contains(r)).forEach(r -> r.forwarder()
                    .close());
            throw e;
        }
        old.stream().filter(r -> !now.contains(r)).forEach(r -> r.forwarder().close());
        routes.put(service, now);
    }

    void close(Service service) {
        List<Route> old = routes.remove(service);
        if (old != null) {
            old.forEach(r -> r.forwarder().close());
        }
    }

    void closeAll() {
        List.copyOf(routes.keySet()).forEach(this::close);
    }

    /** New connections go to tasks that run and are not stopping, and to unhealthy ones only when there are no others. */
    void refresh() {
        routes.forEach((service, list) -> {
            List<Task> running = service.cluster().tasksOf(service).stream()
                    .filter(Task::running)
                    .filter(groups::routes)
                    .toList();
            List<Task> fit =
                    running.stream().filter(t -> t.health() != Health.UNHEALTHY).toList();
            List<Task> chosen = fit.isEmpty() ? running : fit;
            list.forEach(route -> route.forwarder()
                    .route(chosen.stream()
                            .flatMap(t -> TaskEnvironment.port(
                                    t, Optional.of(route.alias().portName()))
                                    .stream())
                            .toList()));
        });
    }

    /** Whether somebody waits for an answer of the task that listens on that port. */
    boolean isBusy(int port) {
        return routes.values().stream().flatMap(List::stream).anyMatch(route -> route.forwarder()
                .isBusy(port));
    }

    private static Route listen(Alias alias) {
        try {
            return new Route(alias, new Forwarder(alias.port()));
        } catch (IOException e) {
            throw AwsException.invalidParameter(
                    "Service Connect cannot listen on port %d: %s".formatted(alias.port(), e.getMessage()));
        }
    }

    private static List<Alias> aliases(Service service) {
        Optional<Fields> connect = new Fields(service.settings())
                .object("serviceConnectConfiguration")
                .filter(c -> c.flag("enabled"));
        List<Alias> aliases = new ArrayList<>();
        for (Fields one : connect.map(c -> c.objects("services")).orElse(List.of())) {
            String portName = one.required("portName");
            one.objects("clientAliases")
                    .forEach(alias -> aliases.add(new Alias(portName, alias.integer("port", 0, 1, MAX_PORT))));
        }
        return aliases;
    }
}
