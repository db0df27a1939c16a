package io.selfheal.healer.server.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.selfheal.healer.local.telemetry.GrafanaSettings;
import io.selfheal.healer.local.telemetry.OtlpSettings;

/** Whom the healer tells its own story, besides those who scrape it and read its log. Where an address is blank, nothing is made. */
public final class TelemetryConfiguration {

    private TelemetryConfiguration() {}

    /**
     * Traces, set up by OpenTelemetry's own variables.
     *
     * @param endpoint of a collector that takes OTLP over HTTP; blank: no traces
     * @param serviceName that they bear
     * @param resourceAttributes more about the sender, as name=value pairs with commas between them
     */
    @ConfigurationProperties("healer.tracing")
    public record Tracing(String endpoint, String serviceName, String resourceAttributes) {
        public Tracing {
            if (!endpoint.isEmpty()) {
                var unused = OtlpSettings.of(endpoint, serviceName, resourceAttributes);
            }
        }

        public OtlpSettings settings() {
            return OtlpSettings.of(endpoint, serviceName, resourceAttributes);
        }
    }

    /**
     * Annotations of actions.
     *
     * @param url of Grafana; blank: none are drawn
     * @param token of a service account that may write annotations; never shown, not even by {@link #toString()}
     * @param tokenFile that holds the token, instead
     */
    @ConfigurationProperties("healer.grafana")
    public record Grafana(String url, String token, String tokenFile) {
        public Grafana {
            if (!url.isEmpty()) {
                var unused = GrafanaSettings.of(url, token, tokenFile);
            }
        }

        public GrafanaSettings settings() {
            return GrafanaSettings.of(url, token, tokenFile);
        }

        @Override
        public String toString() {
            return "Grafana[url=" + url + "]";
        }
    }
}
