package io.selfheal.healer.local.compose;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.Task.FleetHealth;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.fleet.TaskStatus;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One container as the engine inspects it.
 *
 * @param document the whole of it, for whoever makes another one like it
 */
record Container(JsonNode document) {
    private static final int SHORT_ID = 12;
    /** The engine restarts at most ten times a second, so that milliseconds tell one run from the next. */
    private static final DateTimeFormatter RUN =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    static final Comparator<Container> BY_NUMBER =
            Comparator.comparingInt(Container::number).thenComparing(Container::id);

    String id() {
        return document.path("Id").asText();
    }

    String shortId() {
        String id = id();
        return id.substring(0, Math.min(SHORT_ID, id.length()));
    }

    /** Without the slash that the engine puts before it. */
    String name() {
        return document.path("Name").asText().replaceFirst("^/", "");
    }

    String label(String name) {
        return document.path("Config").path("Labels").path(name).asText();
    }

    int number() {
        return document.path("Config").path("Labels").path(Labels.NUMBER).asInt();
    }

    String service() {
        return label(Labels.SERVICE);
    }

    /** What it was made of: compose's configuration and the very image. */
    String revision() {
        String image = document.path("Image").asText().replaceFirst("^sha256:", "");
        return service() + ":" + brief(label(Labels.CONFIG_HASH)) + "-" + brief(image);
    }

    private static String brief(String hash) {
        return hash.isEmpty() ? "0" : hash.substring(0, Math.min(8, hash.length()));
    }

    /**
     * A run of a container, not the container: after a restart it is another task, as it would be in ECS, and what names the
     * old one can do nothing to the new one.
     */
    TaskId task() {
        return run(startedAt().map(RUN::format).orElse("new"));
    }

    /** The run before the one that goes on now. When it began is forgotten. */
    TaskId earlier() {
        return run("earlier");
    }

    private TaskId run(String run) {
        return new TaskId(
                "compose/" + label(Labels.PROJECT) + "/" + service() + "-" + number() + "." + shortId() + "." + run);
    }

    /** The same container, whichever run. */
    boolean ranAs(TaskId task) {
        return task.arn().startsWith("compose/" + label(Labels.PROJECT) + "/")
                && task.arn().contains("." + shortId() + ".");
    }

    boolean exists() {
        return !(state().equals("removing") || state().equals("dead"));
    }

    String state() {
        return document.path("State").path("Status").asText();
    }

    TaskStatus status() {
        return switch (state()) {
            case "created", "restarting" -> TaskStatus.STARTING;
            // A paused one hangs: that is for the probe to see.
            case "running", "paused" -> TaskStatus.RUNNING;
            default -> TaskStatus.STOPPED;
        };
    }

    /** Of its last run; empty when it never ran. */
    Optional<Instant> startedAt() {
        return instant("StartedAt");
    }

    Optional<Instant> finishedAt() {
        return instant("FinishedAt");
    }

    /** The engine writes the year 1 for never; what is no time is not known either. */
    private Optional<Instant> instant(String field) {
        String text = document.path("State").path(field).asText();
        try {
            return text.startsWith("0001-") ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException noTime) {
            return Optional.empty();
        }
    }

    Task asTask(boolean leaving) {
        TaskStatus status = status();
        return new Task(
                task(),
                revision(),
                leaving && status == TaskStatus.RUNNING ? TaskStatus.STOPPING : status,
                health(),
                address(),
                status == TaskStatus.RUNNING ? startedAt() : Optional.empty());
    }

    private FleetHealth health() {
        return switch (document.path("State").path("Health").path("Status").asText()) {
            case "healthy" -> FleetHealth.HEALTHY;
            case "unhealthy" -> FleetHealth.UNHEALTHY;
            default -> FleetHealth.UNKNOWN;
        };
    }

    /** In the project's network; of a host's port it is not known whether the healer can reach it. */
    private Optional<URI> address() {
        return ip().flatMap(ip -> port().map(port -> "http://" + ip + ":" + port))
                .flatMap(Container::uri);
    }

    private static Optional<URI> uri(String address) {
        try {
            return Optional.of(new URI(address));
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
    }

    private Optional<String> ip() {
        String chosen = label(Labels.NETWORK);
        return document.path("NetworkSettings").path("Networks").properties().stream()
                .filter(network -> chosen.isEmpty() || network.getKey().equals(chosen))
                .sorted(Map.Entry.comparingByKey())
                .map(network -> network.getValue().path("IPAddress").asText())
                .filter(ip -> !ip.isEmpty())
                .findFirst();
    }

    private Optional<Integer> port() {
        String chosen = label(Labels.PORT);
        if (!chosen.isEmpty()) {
            return portNumber(chosen);
        }
        var exposed = ports().filter(port -> port.endsWith("/tcp")).toList();
        return exposed.size() == 1 ? portNumber(exposed.getFirst().replace("/tcp", "")) : Optional.empty();
    }

    private static Optional<Integer> portNumber(String port) {
        return port.matches("[0-9]{1,5}") ? Optional.of(Integer.valueOf(port)) : Optional.empty();
    }

    private Stream<String> ports() {
        Iterable<String> names =
                () -> document.path("Config").path("ExposedPorts").fieldNames();
        return StreamSupport.stream(names.spliterator(), false);
    }
}
