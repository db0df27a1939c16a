package io.selfheal.demo.process;

/** A child died or never became healthy. The message is for a person and carries the log's last lines. */
public final class ChildFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ChildFailed(String message) {
        super(message);
    }
}
