package io.selfheal.shop.order;

import io.selfheal.shop.kit.client.Dependencies;
import io.selfheal.shop.kit.client.Dependency;
import io.selfheal.shop.kit.client.DependencyUnavailableException;
import jakarta.inject.Singleton;
import java.time.Instant;

/**
 * Reserves and releases stock at {@code product}. Throws {@link DependencyUnavailableException} when it is not
 * known what happened there; an answer that is not understood counts as that, and never as a success.
 */
@Singleton
final class Stock {

    private final ProductClient client;
    private final Dependency dependency;

    Stock(ProductClient client, Dependencies dependencies) {
        this.client = client;
        this.dependency = dependencies.named("product");
    }

    /** True while this instance is told to do without {@code product}. */
    boolean isSwitchedOff() {
        return dependency.isSwitchedOff();
    }

    /** When this instance may ask again, or since when it may. */
    Instant switchedOffUntil() {
        return dependency.switchedOffUntil();
    }

    Answer reserve(Order order) {
        ProductClient.Wanted wanted = new ProductClient.Wanted(order.productId(), order.quantity());
        Reply reply = dependency.idempotent(() -> Reply.to(() -> client.reserve(order.reservationId(), wanted)));
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
        Reply reply = dependency.idempotent(() -> Reply.to(() -> client.release(order.reservationId())));
        if (reply.status() != 204) {
            throw reply.notUnderstood("product");
        }
    }

    /** What {@code product} decided; final for this reservation id. */
    enum Answer {
        HELD,
        OUT_OF_STOCK,
        UNKNOWN_PRODUCT,
        RELEASED
    }
}
