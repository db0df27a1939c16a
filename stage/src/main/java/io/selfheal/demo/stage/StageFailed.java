package io.selfheal.demo.stage;

/** The stage cannot be set up. The message is for a person and says how to mend it. */
public final class StageFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StageFailed(String message) {
        super(message);
    }

    public StageFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
