package io.selfheal.twin.order;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

/** What is to be ordered. */
record NewOrder(
        @NotNull @Positive Long userId,
        @NotNull @Positive Long productId,
        @NotNull @Positive @Max(1_000L) Long quantity) {}
