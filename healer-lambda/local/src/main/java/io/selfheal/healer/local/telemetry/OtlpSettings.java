package io.selfheal.healer.local.telemetry;

import io.selfheal.healer.setting.Requirement;
import java.net.URI;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where traces go, and who they are of, as OpenTelemetry's environment variables say it.
 *
 * @param traces the address that takes OTLP over HTTP
 * @param resource attributes of the sender, {@code service.name} among them
 */
public record OtlpSettings(URI traces, Map<String, String> resource) {

    public OtlpSettings {
        resource = Collections.unmodifiableMap(new TreeMap<>(resource));
    }

    /**
     * Reads the values of {@code OTEL_EXPORTER_OTLP_ENDPOINT}, {@code OTEL_SERVICE_NAME} and {@code OTEL_RESOURCE_ATTRIBUTES}. Throws
     * StartRefusedException with a sentence for what cannot be read.
     */
    public static OtlpSettings of(String endpoint, String serviceName, String resourceAttributes) {
        Requirement.httpAddress("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
        Map<String, String> resource = new TreeMap<>();
        for (String pair : resourceAttributes.split(",", -1)) {
            int equals = pair.indexOf('=');
            Requirement.that(
                    pair.isBlank() || equals > 0,
                    "OTEL_RESOURCE_ATTRIBUTES: expected name=value pairs with commas between them, found '" + pair
                            + "'");
            if (!pair.isBlank()) {
                resource.put(
                        pair.substring(0, equals).strip(),
                        pair.substring(equals + 1).strip());
            }
        }
        resource.put("service.name", serviceName);
        return new OtlpSettings(URI.create(endpoint.replaceAll("/+$", "") + "/v1/traces"), resource);
    }
}
