package io.selfheal.healer.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/** Collects everything that is wrong with a policy file, so that it is mended in one go. */
final class Problems {

    private record Problem(int line, String text) {}

    private final String file;
    private final List<Problem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void add(Node where, String field, String what) {
        add(where.getStartMark().getLine() + 1, field, what);
    }

    void add(int line, String field, String what) {
        found.add(new Problem(line, file + ":" + line + ": " + (field.isEmpty() ? "" : field + ": ") + what));
    }

    int count() {
        return found.size();
    }

    InvalidPolicyException toException() {
        return new InvalidPolicyException(found.stream()
                .sorted(Comparator.comparingInt(Problem::line))
                .map(Problem::text)
                .toList());
    }
}
