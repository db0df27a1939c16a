package io.selfheal.healer.setting;

import java.util.List;

/** The healer must not start like this. Carries one clear sentence for each problem, for the operator to read. */
public final class StartRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String[] problems;

    public StartRefusedException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = problems.toArray(String[]::new);
    }

    public StartRefusedException(String problem) {
        this(List.of(problem));
    }

    public List<String> problems() {
        return List.of(problems);
    }
}
