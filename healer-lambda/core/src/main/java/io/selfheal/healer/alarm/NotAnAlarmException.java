package io.selfheal.healer.alarm;

/** Something in the JSON is not as CloudWatch writes it; never leaves this package. */
final class NotAnAlarmException extends Exception {
    private static final long serialVersionUID = 1L;

    NotAnAlarmException(String what) {
        super(what);
    }
}
