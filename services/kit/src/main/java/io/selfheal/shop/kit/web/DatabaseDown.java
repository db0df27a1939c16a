package io.selfheal.shop.kit.web;

import io.micronaut.data.connection.exceptions.ConnectionException;
import io.micronaut.data.connection.jdbc.exceptions.CannotGetJdbcConnectionException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.transaction.exceptions.CannotCreateTransactionException;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** No connection to the database, or none free in time: 503, for it is not the request's fault and may be tried again. */
abstract class DatabaseDown<E extends RuntimeException> implements ExceptionHandler<E, HttpResponse<Problem>> {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseDown.class);

    @Override
    @SuppressWarnings("rawtypes") // the framework's signature
    public HttpResponse<Problem> handle(HttpRequest request, E e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        LOG.warn("No database connection for {}: {}", request.getPath(), cause.getMessage());
        Problem problem = new Problem(
                "urn:selfheal:problem:database-unavailable",
                "Database unavailable",
                HttpStatus.SERVICE_UNAVAILABLE.getCode(),
                "No database connection was to be had in time",
                request.getPath(),
                null);
        return HttpResponse.<Problem>status(HttpStatus.SERVICE_UNAVAILABLE)
                .body(problem)
                .header(HttpHeaders.RETRY_AFTER, "1")
                .contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE);
    }

    /** Micronaut Data has three ways of saying it, which share no type. */
    @Singleton
    static final class NoConnection extends DatabaseDown<ConnectionException> {}

    @Singleton
    static final class NoJdbcConnection extends DatabaseDown<CannotGetJdbcConnectionException> {}

    @Singleton
    static final class NoTransaction extends DatabaseDown<CannotCreateTransactionException> {}
}
