package io.selfheal.shop.product;

import io.micronaut.serde.annotation.Serdeable;
import io.selfheal.shop.kit.web.WholeNumber;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;

/** What is needed to offer a product. Boxed numbers: a missing one must be refused, not read as 0. */
@Serdeable
record NewProduct(
        @NotBlank @Size(max = 100) String name,

        @NotNull @PositiveOrZero @Max(1_000_000_000L) @Serdeable.Deserializable(using = WholeNumber.class)
        Long priceCents,

        @NotNull @PositiveOrZero @Max(1_000_000_000L) @Serdeable.Deserializable(using = WholeNumber.class)
        Long stock) {}
