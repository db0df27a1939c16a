package io.selfheal.shop.product;

import io.micronaut.serde.annotation.Serdeable;
import io.selfheal.shop.kit.web.WholeNumber;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;

/** How much can be reserved from now on. */
@Serdeable
record StockLevel(
        @NotNull @PositiveOrZero @Max(1_000_000_000L) @Serdeable.Deserializable(using = WholeNumber.class)
        Long stock) {}
