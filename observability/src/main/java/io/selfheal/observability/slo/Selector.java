package io.selfheal.observability.slo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A counter as it is named in an SLO: {@code metric{label="value",...}}. */
record Selector(String metric, List<Label> labels) {
    private static final Pattern WHOLE = Pattern.compile("([a-zA-Z_:][\\w:]*)\\{(.*)}");
    private static final Pattern LABEL =
            Pattern.compile("\\G([a-zA-Z_]\\w*)(=~|!~|!=|=)\"((?:[^\"\\\\]|\\\\.)*)\"(?:,|$)");

    /** One matcher of a selector; the value as it is written, without its quotes. */
    record Label(String name, String operator, String value) {}

    Selector {
        labels = List.copyOf(labels);
    }

    static Selector parse(String text) {
        Matcher whole = WHOLE.matcher(text);
        if (!whole.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a selector such as metric{label=\"value\"}");
        }
        String inside = whole.group(2);
        List<Label> labels = new ArrayList<>();
        Matcher label = LABEL.matcher(inside);
        int end = 0;
        while (end < inside.length() && label.find()) {
            labels.add(new Label(label.group(1), label.group(2), label.group(3)));
            end = label.end();
        }
        if (end != inside.length()) {
            throw new IllegalArgumentException(
                    "'" + text + "' has a label that cannot be read: " + inside.substring(end));
        }
        return new Selector(whole.group(1), labels);
    }

    /** The value that a label must equal, if there is such a matcher. */
    Optional<String> equalTo(String name) {
        return labels.stream()
                .filter(label -> label.name().equals(name) && label.operator().equals("="))
                .map(Label::value)
                .findFirst();
    }

    /** Growth a second, a sum per service. */
    String rate(String window) {
        return "sum by (cluster, service_name) (rate(" + text() + "[" + window + "]))";
    }

    String text() {
        List<String> matchers = labels.stream()
                .map(label -> label.name() + label.operator() + '"' + label.value() + '"')
                .toList();
        return metric + "{" + String.join(",", matchers) + "}";
    }
}
