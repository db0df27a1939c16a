package io.selfheal.healer.server.http;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.exceptions.BufferLengthExceededException;
import io.micronaut.http.server.exceptions.BufferLengthExceededHandler;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** 413: such a sender must group fewer alerts, or the operator must raise the limit. */
@Singleton
@Replaces(BufferLengthExceededHandler.class)
final class BodyTooLargeHandler implements ExceptionHandler<BufferLengthExceededException, HttpResponse<?>> {

    @Override
    @SuppressWarnings("rawtypes") // The interface is declared like this.
    public HttpResponse<?> handle(HttpRequest request, BufferLengthExceededException exception) {
        return ProblemResponses.of(
                HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                "the body is larger than the healer takes (HEALER_BODY_LIMIT): send fewer alerts in one group",
                request);
    }
}
