package io.selfheal.shop.order;

import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.selfheal.shop.kit.client.Dependencies;
import io.selfheal.shop.kit.client.Dependency;
import io.selfheal.shop.kit.web.Problem;
import jakarta.inject.Singleton;

/**
 * Reserves and releases stock at {@code product}. Throws {@link
 * io.selfheal.shop.kit.client.DependencyUnavailableException} when it is not known what happened there.
 */
@Singleton
final class Stock {

    private final ProductClient client;
    private final Dependency dependency;

    Stock(ProductClient client, Dependencies dependencies) {
        this.client = client;
        this.dependency = dependencies.named("product");
    }

    Answer reserve(Order order) {
        ProductClient.Wanted wanted = new ProductClient.Wanted(order.productId(), order.quantity());
        try {
            dependency.idempotent(() -> client.reserve(order.reservationId(), wanted));
            return Answer.HELD;
        } catch (HttpClientResponseException e) {
            String type =
                    e.getResponse().getBody(Problem.class).map(Problem::type).orElse("");
            if (type.endsWith(":out-of-stock")) {
                return Answer.OUT_OF_STOCK;
            }
            if (type.endsWith(":unknown-product")) {
                return Answer.UNKNOWN_PRODUCT;
            }
            if (type.endsWith(":reservation-released")) {
                return Answer.RELEASED;
            }
            throw e;
        }
    }

    void release(Order order) {
        dependency.idempotent(() -> client.release(order.reservationId()));
    }

    /** What {@code product} decided; final for this reservation id. */
    enum Answer {
        HELD,
        OUT_OF_STOCK,
        UNKNOWN_PRODUCT,
        RELEASED
    }
}
