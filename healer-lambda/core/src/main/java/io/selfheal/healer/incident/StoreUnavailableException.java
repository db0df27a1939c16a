package io.selfheal.healer.incident;

/** The store could not be reached or did not answer: nothing is known to be saved, so nothing may be acknowledged. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String operation, Throwable cause) {
        super("store unavailable in " + operation + ": " + cause.getMessage(), cause);
    }
}
