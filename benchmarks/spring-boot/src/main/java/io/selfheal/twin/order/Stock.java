package io.selfheal.twin.order;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Reserves and releases stock at {@code product}. */
@Component
class Stock {

    private final RestClient client;
    private final Dependency dependency;

    Stock(RestClient.Builder builder, MeterRegistry registry, @Value("${shop.product-url}") String url) {
        this.client = builder.baseUrl(url).build();
        this.dependency = new Dependency("product", registry);
    }

    Answer reserve(Order order) {
        Wanted wanted = new Wanted(order.productId(), order.quantity());
        Reply reply = dependency.idempotent(() -> client.put()
                .uri("/reservations/{reservationId}", order.reservationId())
                .contentType(MediaType.APPLICATION_JSON)
                .body(wanted)
                .exchangeForRequiredValue((request, response) -> Reply.of(response)));
        return switch (reply.status()) {
            case 200 -> Answer.HELD;
            case 404, 409 -> refusal(reply);
            default -> throw reply.notUnderstood("product");
        };
    }

    private static Answer refusal(Reply reply) {
        return switch (reply.problem()) {
            case "out-of-stock" -> Answer.OUT_OF_STOCK;
            case "unknown-product" -> Answer.UNKNOWN_PRODUCT;
            case "reservation-released" -> Answer.RELEASED;
            default -> throw reply.notUnderstood("product");
        };
    }

    void release(Order order) {
        Reply reply = dependency.idempotent(() -> client.delete()
                .uri("/reservations/{reservationId}", order.reservationId())
                .exchangeForRequiredValue((request, response) -> Reply.of(response)));
        if (reply.status() != 204) {
            throw reply.notUnderstood("product");
        }
    }

    private record Wanted(long productId, long quantity) {}

    /** What {@code product} decided. */
    enum Answer {
        HELD,
        OUT_OF_STOCK,
        UNKNOWN_PRODUCT,
        RELEASED
    }
}
