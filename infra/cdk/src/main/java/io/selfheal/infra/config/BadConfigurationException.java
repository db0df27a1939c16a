package io.selfheal.infra.config;

/** Something in {@code cdk.json} or on the command line cannot be used; the message is one sentence that names the key. */
public final class BadConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadConfigurationException(String key, String what) {
        super(key + ": " + what);
    }
}
