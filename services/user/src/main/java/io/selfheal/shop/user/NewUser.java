package io.selfheal.shop.user;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** What is needed to register a user. */
@Serdeable
record NewUser(
        @NotBlank @Size(max = 100) String name,
        @NotBlank @Email @Size(max = 200) String email) {}
