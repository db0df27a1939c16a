package io.selfheal.healer.server.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.selfheal.healer.incident.StoreUnavailableException;
import jakarta.inject.Singleton;

/** 503, the one answer after which Alertmanager sends the same again at once: any 4xx would lose the alert. */
@Singleton
final class StoreUnavailableHandler implements ExceptionHandler<StoreUnavailableException, HttpResponse<?>> {

    @Override
    @SuppressWarnings("rawtypes") // The interface is declared like this.
    public HttpResponse<?> handle(HttpRequest request, StoreUnavailableException exception) {
        return ProblemResponses.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "the store is not available, nothing was saved: send it again",
                request);
    }
}
