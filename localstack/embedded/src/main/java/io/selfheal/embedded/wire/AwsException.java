package io.selfheal.embedded.wire;

/** An error that the caller sees, named and worded as AWS does. */
public final class AwsException extends RuntimeException {
    private static final int BAD_REQUEST = 400;

    private final String code;
    private final int status;

    public AwsException(String code, int status, String message) {
        super(message);
        this.code = code;
        this.status = status;
    }

    public String code() {
        return code;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    public static AwsException of(String code, String message) {
        return new AwsException(code, BAD_REQUEST, message);
    }

    public static AwsException invalidParameter(String message) {
        return of("InvalidParameterException", message);
    }

    public static AwsException client(String message) {
        return of("ClientException", message);
    }

    public static AwsException serialization(String message) {
        return of("SerializationException", message);
    }

    public static AwsException clusterNotFound() {
        return of("ClusterNotFoundException", "Cluster not found.");
    }

    public static AwsException serviceNotFound() {
        return of("ServiceNotFoundException", "Service not found.");
    }

    public static AwsException serviceNotActive() {
        return of("ServiceNotActiveException", "Service was not ACTIVE.");
    }

    public static AwsException unsupported(String message) {
        return of("UnsupportedFeatureException", message);
    }
}
