package io.selfheal.demo.chaos;

/** A file that cannot be used: one sentence with the file, the line and the key. */
public final class InvalidFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidFileException(String sentence) {
        super(sentence);
    }
}
