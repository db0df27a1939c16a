package io.selfheal.healer.local.compose;

import java.io.IOException;

/** The engine answered, and its answer was no. */
final class EngineException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    EngineException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }

    boolean notFound() {
        return status == 404;
    }

    boolean conflict() {
        return status == 409;
    }

    /** It understood and did nothing. Of 5xx it is not known. */
    boolean saidNo() {
        return status >= 400 && status < 500;
    }
}
