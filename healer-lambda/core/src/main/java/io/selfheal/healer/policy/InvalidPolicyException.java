package io.selfheal.healer.policy;

import java.util.List;

/** A policy file cannot be used; says everything that is wrong with it, each as {@code file:line: field: what}. */
public final class InvalidPolicyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public InvalidPolicyException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
