package io.selfheal.shop.product;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

/** What is to be reserved. */
@Serdeable
record ReservationRequest(
        @NotNull @Positive Long productId,
        @NotNull @Positive @Max(1_000_000L) Long quantity) {}
