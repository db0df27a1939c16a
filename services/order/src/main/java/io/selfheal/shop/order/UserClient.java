package io.selfheal.shop.order;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.client.annotation.Client;
import io.selfheal.shop.kit.web.Problem;

/** The part of {@code user} that is needed here. */
@Client(id = "user", errorType = Problem.class)
interface UserClient {

    @Get("/users/{id}")
    HttpResponse<?> find(@PathVariable long id);
}
