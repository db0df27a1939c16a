package io.selfheal.shop.kit.fault;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fault as the API shows it.
 *
 * @param kind {@code fault}, or {@code control} for a disturbance that must not be healed
 * @param parameters the values in force; empty while inactive
 * @param expiresAt when it ends by itself
 * @param accepts the parameters that it takes
 */
@Serdeable
record FaultView(
        String name,
        String kind,
        String symptom,
        boolean active,
        Map<String, Object> parameters,
        @Nullable Instant expiresAt,
        List<Accepts> accepts) {

    /** A parameter, its default and its meaning. */
    @Serdeable
    record Accepts(String name, String standard, String description) {}
}
