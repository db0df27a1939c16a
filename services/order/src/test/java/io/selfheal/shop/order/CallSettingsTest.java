package io.selfheal.shop.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.client.ServiceHttpClientConfiguration;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the shop's settings come to for the calls of each service that order asks: a misspelt one would go unnoticed. */
class CallSettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"user", "product"})
    void givenTheSettingsAsShipped_whenAServiceIsAsked_thenNoCallAndNoConnectionLastsForLong(String service) {
        Map<String, Object> database =
                Map.of("datasources.default.url", "jdbc:h2:mem:settings;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE");
        try (ApplicationContext context = ApplicationContext.run(database)) {
            ServiceHttpClientConfiguration calls =
                    context.getBean(ServiceHttpClientConfiguration.class, Qualifiers.byName(service));

            assertThat(calls.getConnectTimeout()).contains(Duration.ofMillis(500));
            assertThat(calls.getReadTimeout()).contains(Duration.ofSeconds(1));
            assertThat(calls.getConnectTtl())
                    .as("after that time the tasks' shares are even again")
                    .contains(Duration.ofSeconds(10));
        }
    }
}
