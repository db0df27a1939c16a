package io.selfheal.demo.load;

import io.selfheal.demo.http.Http;
import io.selfheal.demo.http.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** What users of the shop do: they order, and look at users and products. */
public final class ShopUsers {

    /** A user's patience. */
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    /** The seed data has users and products 1 to 10. */
    private static final int SEEDED = 10;

    private final URI user;
    private final URI product;
    private final URI order;
    private final Random random;

    public ShopUsers(URI user, URI product, URI order, long seed) {
        this.user = user;
        this.product = product;
        this.order = order;
        this.random = new Random(seed);
    }

    /** The mix: half of all requests are orders, and each order makes more requests to user and product. */
    public List<Load.Kind> mix() {
        return List.of(
                new Load.Kind("order", 4, this::placeOrder),
                new Load.Kind("user", 2, () -> Http.get(user.resolve("/users/" + anyId()), TIMEOUT)),
                new Load.Kind("product", 2, () -> Http.get(product.resolve("/products/" + anyId()), TIMEOUT)));
    }

    private Reply placeOrder() {
        String body = "{\"userId\":%d,\"productId\":%d,\"quantity\":1}".formatted(anyId(), anyId());
        Map<String, String> headers =
                Map.of("Idempotency-Key", UUID.randomUUID().toString());
        return Http.send("POST", order.resolve("/orders"), headers, body, TIMEOUT);
    }

    private synchronized int anyId() {
        return 1 + random.nextInt(SEEDED);
    }
}
