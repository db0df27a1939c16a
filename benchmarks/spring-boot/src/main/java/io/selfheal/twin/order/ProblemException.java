package io.selfheal.twin.order;

import org.springframework.http.HttpStatus;

/** Ends a request with a problem document. */
final class ProblemException extends RuntimeException {

    private final HttpStatus status;
    private final String kind;
    private final Integer retryAfterSeconds;

    ProblemException(HttpStatus status, String kind, String detail, Integer retryAfterSeconds) {
        super(detail, null, false, false);
        this.status = status;
        this.kind = kind;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    static ProblemException of(HttpStatus status, String kind, String detail) {
        return new ProblemException(status, kind, detail, null);
    }

    HttpStatus status() {
        return status;
    }

    String type() {
        return kind == null ? "about:blank" : "urn:selfheal:problem:" + kind;
    }

    String title() {
        return kind == null
                ? status.getReasonPhrase()
                : Character.toUpperCase(kind.charAt(0)) + kind.substring(1).replace('-', ' ');
    }

    Integer retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
