package io.selfheal.demo.fleet;

/** The ECS endpoint refused or did not answer. */
public final class EcsFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EcsFailed(String message) {
        super(message);
    }
}
