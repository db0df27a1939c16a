package io.selfheal.shop.order;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.selfheal.shop.kit.client.Dependencies;
import io.selfheal.shop.kit.client.Dependency;
import io.selfheal.shop.kit.client.DependencyUnavailableException;
import io.selfheal.shop.kit.web.Problem;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/**
 * Reserves and releases stock at {@code product}. Throws {@link DependencyUnavailableException} when it is not
 * known what happened there; an answer that is not understood counts as that, and never as a success.
 */
@Singleton
final class Stock {

    private static final String PREFIX = "urn:selfheal:problem:";

    private final ProductClient client;
    private final Dependency dependency;

    Stock(ProductClient client, Dependencies dependencies) {
        this.client = client;
        this.dependency = dependencies.named("product");
    }

    Answer reserve(Order order) {
        ProductClient.Wanted wanted = new ProductClient.Wanted(order.productId(), order.quantity());
        HttpResponse<?> response =
                dependency.idempotent(() -> answer(() -> client.reserve(order.reservationId(), wanted)));
        return switch (response.code()) {
            case 200 -> Answer.HELD;
            case 404, 409 -> refusal(response);
            default -> throw unexpected(response);
        };
    }

    private static Answer refusal(HttpResponse<?> response) {
        String type = response.getBody(Problem.class).map(Problem::type).orElse("");
        return switch (type) {
            case PREFIX + "out-of-stock" -> Answer.OUT_OF_STOCK;
            case PREFIX + "unknown-product" -> Answer.UNKNOWN_PRODUCT;
            case PREFIX + "reservation-released" -> Answer.RELEASED;
            default -> throw unexpected(response);
        };
    }

    void release(Order order) {
        HttpResponse<?> response = dependency.idempotent(() -> answer(() -> client.release(order.reservationId())));
        if (response.code() != 204) {
            throw unexpected(response);
        }
    }

    /** The client throws most refusals and returns others (404); here all of them are answers. */
    private static HttpResponse<?> answer(Supplier<HttpResponse<?>> call) {
        try {
            return call.get();
        } catch (HttpClientResponseException e) {
            if (e.code() >= 500) {
                throw e;
            }
            return e.getResponse();
        }
    }

    private static DependencyUnavailableException unexpected(HttpResponse<?> response) {
        return new DependencyUnavailableException("product", "it gave an answer of no known kind, " + response.code());
    }

    /** What {@code product} decided; final for this reservation id. */
    enum Answer {
        HELD,
        OUT_OF_STOCK,
        UNKNOWN_PRODUCT,
        RELEASED
    }
}
