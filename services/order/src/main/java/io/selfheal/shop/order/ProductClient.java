package io.selfheal.shop.order;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.serde.annotation.Serdeable;
import io.selfheal.shop.kit.web.Problem;

/** The part of {@code product} that is needed here. Both calls may be repeated without harm. */
@Client(id = "product", errorType = Problem.class)
interface ProductClient {

    @Put("/reservations/{reservationId}")
    HttpResponse<?> reserve(@PathVariable String reservationId, @Body Wanted wanted);

    @Delete("/reservations/{reservationId}")
    HttpResponse<?> release(@PathVariable String reservationId);

    /** What is to be reserved. */
    @Serdeable
    record Wanted(long productId, long quantity) {}
}
