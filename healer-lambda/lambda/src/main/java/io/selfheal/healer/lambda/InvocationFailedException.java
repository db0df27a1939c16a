package io.selfheal.healer.lambda;

/** The call has failed, and whoever delivered the event is to deliver it again, or to keep it. */
final class InvocationFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvocationFailedException(String why) {
        super(why);
    }
}
