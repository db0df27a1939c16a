package io.selfheal.shop.order;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

/** What is to be ordered. Boxed numbers: a missing one must be refused, not read as 0. */
@Serdeable
record NewOrder(
        @NotNull @Positive Long userId,
        @NotNull @Positive Long productId,
        @NotNull @Positive @Max(1_000L) Long quantity) {}
