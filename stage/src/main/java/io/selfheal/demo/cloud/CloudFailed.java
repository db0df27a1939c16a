package io.selfheal.demo.cloud;

/** The AWS endpoint refused, or did not answer. The message is for a person. */
public final class CloudFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CloudFailed(String message) {
        super(message);
    }
}
