package io.selfheal.embedded.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.wire.AwsException;
import io.selfheal.embedded.wire.Fields;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One revision of a family. Only its tags and its being deregistered can change. */
public final class TaskDefinition {
    private final String family;
    private final int revision;
    private final String arn;
    private final ObjectNode given;
    private final List<ContainerDefinition> containers;
    private final Map<String, String> tags;
    private final Instant registeredAt;
    private Optional<Instant> deregisteredAt = Optional.empty();

    /**
     * Makes a revision.
     *
     * @param request RegisterTaskDefinition's request, checked here
     */
    public TaskDefinition(Arns arns, int revision, Fields request, Instant now) {
        this.family = family(request);
        this.revision = revision;
        this.arn = arns.taskDefinition(family, revision);
        this.given = request.json().deepCopy();
        this.containers = request.objects("containerDefinitions").stream()
                .map(ContainerDefinition::of)
                .toList();
        this.tags = request.pairs("tags", "key", "value");
        this.registeredAt = now;
        check(containers);
    }

    public static String family(Fields request) {
        return request.text("family")
                .filter(name -> name.matches("[A-Za-z0-9_-]{1,255}"))
                .orElseThrow(() -> AwsException.client("Family contains invalid characters."));
    }

    private static void check(List<ContainerDefinition> containers) {
        if (containers.isEmpty()) {
            throw AwsException.client("TaskDefinition must contain at least one container definition.");
        }
        if (containers.stream().noneMatch(ContainerDefinition::essential)) {
            throw AwsException.client("TaskDefinition must contain at least one essential container.");
        }
        Set<String> names = new HashSet<>();
        containers.forEach(c -> {
            if (!names.add(c.name())) {
                throw AwsException.client("Container.name must be unique: " + c.name() + " is used twice.");
            }
        });
    }

    public String family() {
        return family;
    }

    public int revision() {
        return revision;
    }

    public String arn() {
        return arn;
    }

    /** As CreateService takes it: {@code family:revision}. */
    public String shortName() {
        return family + ":" + revision;
    }

    /** The request as it was given, to be echoed. */
    public ObjectNode given() {
        return given;
    }

    public List<ContainerDefinition> containers() {
        return containers;
    }

    public Map<String, String> tags() {
        return tags;
    }

    public Instant registeredAt() {
        return registeredAt;
    }

    public Optional<Instant> deregisteredAt() {
        return deregisteredAt;
    }

    public boolean active() {
        return deregisteredAt.isEmpty();
    }

    public void deregister(Instant now) {
        deregisteredAt = deregisteredAt.or(() -> Optional.of(now));
    }

    /** The port mapping of this name, for Service Connect. */
    public boolean hasPort(String name) {
        return containers.stream().flatMap(c -> c.ports().stream()).anyMatch(p -> p.name()
                .equals(Optional.of(name)));
    }
}
