package io.selfheal.shop.user;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.Objects;

/** A user as the API shows it. */
@Serdeable
record UserView(long id, String name, String email, Instant createdAt) {

    static UserView of(User user) {
        return new UserView(Objects.requireNonNull(user.id()), user.name(), user.email(), user.createdAt());
    }
}
