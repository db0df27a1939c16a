package io.selfheal.shop.order;

import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Optional;

/** The part of {@code user} that is needed here. */
@Client("user")
interface UserClient {

    @Get("/users/{id}")
    Optional<KnownUser> find(@PathVariable long id);

    /** A user that exists; the rest of it is not our business. */
    @Serdeable
    record KnownUser(long id) {}
}
