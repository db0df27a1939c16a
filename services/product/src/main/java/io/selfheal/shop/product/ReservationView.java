package io.selfheal.shop.product;

import io.micronaut.serde.annotation.Serdeable;

/** A reservation that is held. */
@Serdeable
record ReservationView(String id, long productId, long quantity) {}
