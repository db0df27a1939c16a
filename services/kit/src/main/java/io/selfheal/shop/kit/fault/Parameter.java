package io.selfheal.shop.kit.fault;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.function.Function;

/**
 * A knob of a fault. Its parser refuses what makes no sense with a sentence.
 *
 * @param name as written in the request
 * @param description what it does, with its unit
 * @param standard the text of its default
 * @param parser makes the value of the text, or throws {@link IllegalArgumentException}
 */
record Parameter(String name, String description, String standard, Function<String, Object> parser) {

    static Parameter duration(String name, Duration standard, Duration longest, String description) {
        return new Parameter(name, description, standard.toString(), text -> parseDuration(name, text, longest));
    }

    static Parameter share(String name) {
        return new Parameter(name, "share of the requests that it hits, 0 to 1", "1.0", text -> {
            double value = number(name, text);
            return within(name, value, 0, 1);
        });
    }

    static Parameter whole(String name, int standard, int least, int most, String description) {
        return new Parameter(name, description, Integer.toString(standard), text -> {
            double value = within(name, number(name, text), least, most);
            if (value != Math.rint(value)) {
                throw new IllegalArgumentException("'" + name + "' is " + text + ", which is not a whole number");
            }
            return (int) value;
        });
    }

    static Parameter choice(String name, String standard, String description, Function<String, Object> parser) {
        return new Parameter(name, description, standard, parser);
    }

    static Duration parseDuration(String name, String text, Duration longest) {
        Duration value;
        try {
            value = Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "'" + name + "' is '" + text + "', which is no ISO-8601 duration such as PT0.5S", e);
        }
        if (value.isNegative() || value.compareTo(longest) > 0) {
            throw new IllegalArgumentException("'" + name + "' is " + text + ", outside PT0S to " + longest);
        }
        return value;
    }

    private static double number(String name, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + name + "' is '" + text + "', which is no number", e);
        }
    }

    private static double within(String name, double value, double least, double most) {
        if (value >= least && value <= most) {
            return value;
        }
        throw new IllegalArgumentException("'" + name + "' is " + value + ", outside " + least + " to " + most);
    }
}
