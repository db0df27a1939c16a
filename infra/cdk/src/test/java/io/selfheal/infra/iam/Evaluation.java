package io.selfheal.infra.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * AWS's evaluation of identity policies, as far as ours need it: Allow and Deny, wildcards in actions and resources, and the
 * condition operators that stand in {@link Operator}. Anything else is no pass but an error.
 */
record Evaluation(List<JsonNode> statements) {

    /** A call as AWS's authorization sees it. */
    record Call(String action, String resource, Map<String, String> context) {}

    private enum Operator {
        StringEquals {
            @Override
            boolean holds(String wanted, String actual) {
                return wanted.equals(actual);
            }
        },
        StringLike {
            @Override
            boolean holds(String wanted, String actual) {
                return like(wanted, actual);
            }
        },
        ArnEquals {
            @Override
            boolean holds(String wanted, String actual) {
                return like(wanted, actual);
            }
        },
        ArnLike {
            @Override
            boolean holds(String wanted, String actual) {
                return like(wanted, actual);
            }
        };

        abstract boolean holds(String wanted, String actual);
    }

    boolean allows(Call call) {
        boolean denied = statements.stream().anyMatch(one -> effect(one, "Deny") && covers(one, call));
        return !denied && statements.stream().anyMatch(one -> effect(one, "Allow") && covers(one, call));
    }

    /** The same without one statement. */
    Evaluation without(JsonNode statement) {
        return new Evaluation(
                statements.stream().filter(one -> !one.equals(statement)).toList());
    }

    private static boolean effect(JsonNode statement, String effect) {
        return statement.path("Effect").asText().equals(effect);
    }

    private static boolean covers(JsonNode statement, Call call) {
        for (String unknown : List.of("NotAction", "NotResource", "NotPrincipal")) {
            if (statement.has(unknown)) {
                throw new IllegalStateException("this evaluation knows no " + unknown);
            }
        }
        return texts(statement.path("Action")).stream().anyMatch(action -> like(lower(action), lower(call.action())))
                && texts(statement.path("Resource")).stream().anyMatch(resource -> like(resource, call.resource()))
                && statement.path("Condition").properties().stream()
                        .allMatch(one -> holds(Operator.valueOf(one.getKey()), one.getValue(), call));
    }

    /** All keys must hold, of each one of its values; a key that the call does not have never holds. */
    private static boolean holds(Operator operator, JsonNode keys, Call call) {
        return keys.properties().stream().allMatch(key -> {
            String actual = call.context().get(key.getKey());
            return actual != null && texts(key.getValue()).stream().anyMatch(wanted -> operator.holds(wanted, actual));
        });
    }

    static List<String> texts(JsonNode oneOrMany) {
        List<String> texts = new ArrayList<>();
        if (oneOrMany.isArray()) {
            oneOrMany.forEach(one -> texts.add(one.asText()));
        } else {
            texts.add(oneOrMany.asText());
        }
        return texts;
    }

    private static String lower(String text) {
        return text.toLowerCase(java.util.Locale.ROOT);
    }

    private static boolean like(String pattern, String text) {
        String regex = pattern.chars()
                .mapToObj(character -> switch (character) {
                    case '*' -> ".*";
                    case '?' -> ".";
                    default -> Pattern.quote(Character.toString(character));
                })
                .collect(Collectors.joining());
        return Pattern.compile(regex, Pattern.DOTALL).matcher(text).matches();
    }
}
