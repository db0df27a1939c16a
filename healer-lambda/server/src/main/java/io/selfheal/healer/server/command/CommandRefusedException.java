package io.selfheal.healer.server.command;

/** A command cannot do what it was asked, in one sentence that says what to do. */
final class CommandRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandRefusedException(String sentence) {
        super(sentence);
    }
}
