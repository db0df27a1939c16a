package io.selfheal.healer.sns;

/** A check that failed; never leaves this package. */
final class DoubtException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Doubt doubt;

    DoubtException(Doubt doubt, String why) {
        super(why);
        this.doubt = doubt;
    }

    Admission.Refused refusal() {
        return new Admission.Refused(doubt, String.valueOf(getMessage()));
    }
}
