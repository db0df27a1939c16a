package io.selfheal.healer.rehearsal;

import java.util.List;

/** A file cannot be used; says everything that was found wrong, each as {@code file:line: field: what}. */
public final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public InvalidInputException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
