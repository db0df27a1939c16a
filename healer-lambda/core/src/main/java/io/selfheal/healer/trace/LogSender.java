package io.selfheal.healer.trace;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What each line of the log says of who wrote it, from OpenTelemetry's environment variables. */
public final class LogSender {
    private static final String ENVIRONMENT = "deployment.environment.name";

    private LogSender() {}

    /** The fields in the order in which they are written. */
    public static Map<String, String> of(Map<String, String> environment) {
        String attributes = environment.getOrDefault("OTEL_RESOURCE_ATTRIBUTES", "");
        String where = Arrays.stream(attributes.split(",", -1))
                .map(String::strip)
                .filter(pair -> pair.startsWith(ENVIRONMENT + "="))
                .map(pair -> pair.substring(ENVIRONMENT.length() + 1))
                .findFirst()
                .orElse("unknown");
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("service.name", environment.getOrDefault("OTEL_SERVICE_NAME", "healer"));
        fields.put(ENVIRONMENT, where);
        return fields;
    }
}
