package io.selfheal.shop.kit.web;

import io.micronaut.data.connection.exceptions.ConnectionException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** No connection to the database, or none free in time: 503, for it is not the request's fault and may be tried again. */
@Singleton
final class DatabaseDown implements ExceptionHandler<ConnectionException, HttpResponse<Problem>> {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseDown.class);

    @Override
    @SuppressWarnings("rawtypes") // the framework's signature
    public HttpResponse<Problem> handle(HttpRequest request, ConnectionException e) {
        LOG.atWarn()
                .addKeyValue("path", request.getPath())
                .log(
                        "No database connection: {}",
                        e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
        Problem problem = new Problem(
                "urn:selfheal:problem:database-unavailable",
                "Database unavailable",
                503,
                "No database connection was to be had in time",
                request.getPath(),
                null);
        return HttpResponse.<Problem>serverError()
                .status(503)
                .body(problem)
                .header(HttpHeaders.RETRY_AFTER, "1")
                .contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE);
    }
}
