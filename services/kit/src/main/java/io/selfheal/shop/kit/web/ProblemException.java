package io.selfheal.shop.kit.web;

import io.micronaut.http.HttpStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem document. For refusals that are part of a service's contract; bugs throw something else. */
public final class ProblemException extends RuntimeException {

    private static final String TYPE_PREFIX = "urn:selfheal:problem:";

    private final HttpStatus status;
    private final @Nullable String kind;
    private final @Nullable Duration retryAfter;

    private ProblemException(HttpStatus status, @Nullable String kind, String detail, @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.status = status;
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    /** A refusal of a kind whose short kebab-case name ends its {@code type} and, in words, is its title. */
    public static ProblemException of(HttpStatus status, String kind, String detail) {
        return new ProblemException(status, kind, detail, null);
    }

    public static ProblemException notFound(String detail) {
        return new ProblemException(HttpStatus.NOT_FOUND, null, detail, null);
    }

    /** 503 with a hint when to come back. */
    public static ProblemException unavailable(String kind, String detail, Duration retryAfter) {
        return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, kind, detail, retryAfter);
    }

    HttpStatus status() {
        return status;
    }

    String type() {
        return kind == null ? "about:blank" : TYPE_PREFIX + kind;
    }

    String title() {
        return kind == null
                ? status.getReason()
                : Character.toUpperCase(kind.charAt(0)) + kind.substring(1).replace('-', ' ');
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
