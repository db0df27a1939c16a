package io.selfheal.shop.product;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/** A row of {@code reservations}. Rows are never deleted: they are the memory that makes an answer final. */
@MappedEntity(value = "reservations", schema = "product_service")
record Reservation(@Id String id, long productId, long quantity, State state, Instant createdAt) {

    enum State {
        /** Taken from the stock. */
        HELD,
        /** Was taken and given back, or was given up before it ever came: it must not be taken any more. */
        RELEASED,
        /** There was not enough. */
        OUT_OF_STOCK,
        UNKNOWN_PRODUCT
    }

    boolean isFor(long product, long amount) {
        return productId == product && quantity == amount;
    }
}
