package io.selfheal.shop.kit.web;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Turns {@link ProblemException} into its document. */
@Singleton
final class ProblemExceptionHandler implements ExceptionHandler<ProblemException, HttpResponse<Problem>> {

    @Override
    @SuppressWarnings("rawtypes") // the framework's signature
    public HttpResponse<Problem> handle(HttpRequest request, ProblemException e) {
        Problem problem =
                new Problem(e.type(), e.title(), e.status().getCode(), e.getMessage(), request.getPath(), null);
        MutableHttpResponse<Problem> response = HttpResponse.<Problem>status(e.status())
                .body(problem)
                .contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE);
        if (e.retryAfter() != null) {
            response.header(
                    HttpHeaders.RETRY_AFTER,
                    Long.toString(Math.max(1, e.retryAfter().toSeconds())));
        }
        return response;
    }
}
