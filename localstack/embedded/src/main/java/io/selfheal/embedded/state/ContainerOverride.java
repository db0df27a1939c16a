package io.selfheal.embedded.state;

import io.selfheal.embedded.wire.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What RunTask changes of a container. */
public record ContainerOverride(Optional<List<String>> command, Map<String, String> environment) {
    static final ContainerOverride NONE = new ContainerOverride(Optional.empty(), Map.of());

    static ContainerOverride of(Fields override) {
        return new ContainerOverride(
                Optional.of(override.texts("command")).filter(c -> !c.isEmpty()),
                override.pairs("environment", "name", "value"));
    }

    /** The override for this container in TaskOverride's containerOverrides. */
    static ContainerOverride find(Fields overrides, String container) {
        return overrides.objects("containerOverrides").stream()
                .filter(o -> o.text("name").equals(Optional.of(container)))
                .findFirst()
                .map(ContainerOverride::of)
                .orElse(NONE);
    }
}
