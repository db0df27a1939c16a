package io.selfheal.healer.policy;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** One condition on one label, written as in Alertmanager: {@code label="value"} with {@code =}, {@code !=}, {@code =~}, {@code !~}. */
public final class Matcher {

    // The quoted form takes any character, with \" \\ and \n escaped; the bare form ends at the end of the text.
    private static final Pattern SYNTAX = Pattern.compile(
            "\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!~|!=|=)\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\"\\s{},]+))\\s*",
            Pattern.DOTALL);

    private final String label;
    private final Operator operator;
    private final String value;
    private final Pattern pattern;

    private Matcher(String label, Operator operator, String value) {
        this.label = label;
        this.operator = operator;
        this.value = value;
        this.pattern = compile(operator, value);
    }

    /** How the label is compared. A label that is absent counts as the empty text, as in Alertmanager. */
    private enum Operator {
        EQUAL("="),
        NOT_EQUAL("!="),
        LIKE("=~"),
        NOT_LIKE("!~");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        static Operator ofSign(String sign) {
            for (Operator operator : values()) {
                if (operator.sign.equals(sign)) {
                    return operator;
                }
            }
            throw new IllegalArgumentException("matcher: expected = != =~ or !~, was '" + sign + "'");
        }
    }

    /** Throws {@link IllegalArgumentException} that says what was expected. */
    public static Matcher parse(String text) {
        java.util.regex.Matcher parts = SYNTAX.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("expected label=\"value\" with = != =~ or !~, was '" + text + "'");
        }
        Operator operator = Operator.ofSign(parts.group(2));
        String quoted = parts.group(3);
        String value = quoted == null ? parts.group(4) : unescape(quoted);
        return new Matcher(parts.group(1), operator, value);
    }

    /** As Alertmanager's API gives it in parts. Throws {@link IllegalArgumentException} for what is no regular expression. */
    public static Matcher of(String label, boolean equal, boolean regex, String value) {
        return new Matcher(
                label,
                regex ? (equal ? Operator.LIKE : Operator.NOT_LIKE) : (equal ? Operator.EQUAL : Operator.NOT_EQUAL),
                value);
    }

    private static Pattern compile(Operator operator, String value) {
        boolean regex = operator == Operator.LIKE || operator == Operator.NOT_LIKE;
        try {
            return Pattern.compile(value, regex ? Pattern.DOTALL : Pattern.LITERAL);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "not a regular expression: " + e.getDescription() + " in '" + value + "'", e);
        }
    }

    private static String unescape(String quoted) {
        StringBuilder text = new StringBuilder(quoted.length());
        for (int i = 0; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escaped = quoted.charAt(++i);
            switch (escaped) {
                case 'n' -> text.append('\n');
                case '"', '\\' -> text.append(escaped);
                // Any other escape belongs to the regular expression, for example \d or \.
                default -> text.append('\\').append(escaped);
            }
        }
        return text.toString();
    }

    /** The whole value has to match, not a part of it. */
    public boolean matches(Map<String, String> labels) {
        String actual = labels.getOrDefault(label, "");
        return switch (operator) {
            case EQUAL -> actual.equals(value);
            case NOT_EQUAL -> !actual.equals(value);
            case LIKE -> pattern.matcher(actual).matches();
            case NOT_LIKE -> !pattern.matcher(actual).matches();
        };
    }

    @Override
    public String toString() {
        return label
                + operator.sign
                + '"'
                + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
                + '"';
    }
}
