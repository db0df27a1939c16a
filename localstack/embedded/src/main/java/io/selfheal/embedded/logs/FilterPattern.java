package io.selfheal.embedded.logs;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.embedded.wire.AwsException;
import io.selfheal.embedded.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What people and healers ask for, of CloudWatch Logs' filter patterns: words, phrases in quotes, {@code ?one} of several,
 * {@code -none}, and one comparison of a JSON field with a text, {@code { $.level = "ERROR" }}. Anything else is refused.
 */
final class FilterPattern {
    private static final Pattern TERM = Pattern.compile("\\s*([?-]?)(?:\"([^\"]+)\"|([A-Za-z0-9_.:/=-]+))(?=\\s|$)");
    private static final Pattern FIELD =
            Pattern.compile("\\{\\s*\\$\\.([A-Za-z0-9_.-]+)\\s*(!?=)\\s*(?:\"([^\"*]*)\"|([A-Za-z0-9_.-]+))\\s*}");

    private FilterPattern() {}

    /** Which messages it finds. */
    static Predicate<String> parse(String pattern) {
        String text = pattern.strip();
        if (text.isEmpty()) {
            return message -> true;
        }
        Matcher field = FIELD.matcher(text);
        return field.matches() ? field(field) : terms(text);
    }

    private static Predicate<String> field(Matcher field) {
        List<String> path = List.of(field.group(1).split("\\."));
        String wanted = field.group(3) == null ? field.group(4) : field.group(3);
        boolean equal = field.group(2).equals("=");
        // To parse only what may be it makes a long log quick to search.
        return message -> (!equal || message.contains(wanted)) && compares(message, path, wanted, equal);
    }

    private static boolean compares(String message, List<String> path, String wanted, boolean equal) {
        if (!message.startsWith("{")) {
            return false;
        }
        try {
            JsonNode value =
                    Json.parse(message.getBytes(StandardCharsets.UTF_8)).json();
            for (String name : path) {
                value = value.path(name);
            }
            return value.isValueNode() && value.asText().equals(wanted) == equal;
        } catch (AwsException noJson) {
            return false;
        }
    }

    private static Predicate<String> terms(String text) {
        List<String> all = new ArrayList<>();
        List<String> any = new ArrayList<>();
        List<String> none = new ArrayList<>();
        Matcher term = TERM.matcher(text);
        int end = 0;
        while (term.find() && term.start() == end) {
            String words = term.group(2) == null ? term.group(3) : term.group(2);
            switch (term.group(1)) {
                case "?" -> any.add(words);
                case "-" -> none.add(words);
                default -> all.add(words);
            }
            end = term.end();
        }
        if (end < text.length()) {
            throw AwsException.invalidParameter(("Invalid filter pattern: this endpoint knows words, \"phrases\", ?any,"
                            + " -none and { $.field = \"text\" }, not %s")
                    .formatted(text));
        }
        return message -> all.stream().allMatch(message::contains)
                && none.stream().noneMatch(message::contains)
                && (any.isEmpty() || any.stream().anyMatch(message::contains));
    }
}
