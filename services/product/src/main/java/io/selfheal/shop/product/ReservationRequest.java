package io.selfheal.shop.product;

import io.micronaut.serde.annotation.Serdeable;
import io.selfheal.shop.kit.web.WholeNumber;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

/** What is to be reserved. */
@Serdeable
record ReservationRequest(
        @NotNull @Positive @Serdeable.Deserializable(using = WholeNumber.class)
        Long productId,

        @NotNull @Positive @Max(1_000_000L) @Serdeable.Deserializable(using = WholeNumber.class)
        Long quantity) {}
