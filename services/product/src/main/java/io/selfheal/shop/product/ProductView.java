package io.selfheal.shop.product;

import io.micronaut.serde.annotation.Serdeable;
import java.util.Objects;

/** A product as the API shows it; {@code stock} is what can still be reserved. */
@Serdeable
record ProductView(long id, String name, long priceCents, long stock) {

    static ProductView of(Product product) {
        return new ProductView(
                Objects.requireNonNull(product.id()), product.name(), product.priceCents(), product.stock());
    }
}
