package io.selfheal.shop.kit.mode;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mode as the API shows it; an inactive one has neither reason nor settings.
 *
 * @param expiresAt when it ends by itself
 */
@Serdeable
record ModeView(
        String name,
        boolean active,
        @Nullable String reason,
        @Nullable Instant expiresAt,
        Map<String, Object> settings) {

    static ModeView inactive(String name) {
        return new ModeView(name, false, null, null, Map.of());
    }
}
