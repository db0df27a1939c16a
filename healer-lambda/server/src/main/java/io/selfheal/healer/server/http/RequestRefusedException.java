package io.selfheal.healer.server.http;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.exceptions.HttpStatusException;

/** Why a request is not served, in words that tell the caller what to do. */
final class RequestRefusedException extends HttpStatusException {
    private static final long serialVersionUID = 1L;

    private RequestRefusedException(HttpStatus status, String why) {
        super(status, why);
    }

    /** It says nothing about this program, and a stranger can cause as many as he likes. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }

    static RequestRefusedException badRequest(String why) {
        return new RequestRefusedException(HttpStatus.BAD_REQUEST, why);
    }

    static RequestRefusedException unprocessable(String why) {
        return new RequestRefusedException(HttpStatus.UNPROCESSABLE_ENTITY, why);
    }

    static RequestRefusedException busy(String why) {
        return new RequestRefusedException(HttpStatus.CONFLICT, why);
    }

    static RequestRefusedException forbidden(String why) {
        return new RequestRefusedException(HttpStatus.FORBIDDEN, why);
    }

    static RequestRefusedException unavailable(String why) {
        return new RequestRefusedException(HttpStatus.SERVICE_UNAVAILABLE, why);
    }

    static RequestRefusedException notFound(String why) {
        return new RequestRefusedException(HttpStatus.NOT_FOUND, why);
    }
}
