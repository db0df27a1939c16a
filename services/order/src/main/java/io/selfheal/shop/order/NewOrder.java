package io.selfheal.shop.order;

import io.micronaut.serde.annotation.Serdeable;
import io.selfheal.shop.kit.web.WholeNumber;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

/** What is to be ordered. Boxed numbers: a missing one must be refused, not read as 0. */
@Serdeable
record NewOrder(
        @NotNull @Positive @Serdeable.Deserializable(using = WholeNumber.class)
        Long userId,

        @NotNull @Positive @Serdeable.Deserializable(using = WholeNumber.class)
        Long productId,

        @NotNull @Positive @Max(1_000L) @Serdeable.Deserializable(using = WholeNumber.class)
        Long quantity) {}
