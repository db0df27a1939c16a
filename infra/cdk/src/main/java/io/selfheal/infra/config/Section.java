package io.selfheal.infra.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object of {@code cdk.json}, read key by key; whatever is not asked for is refused at the end. */
final class Section {
    private final String path;
    private final Map<?, ?> values;
    private final Set<String> read = new LinkedHashSet<>();

    private Section(String path, Map<?, ?> values) {
        this.path = path;
        this.values = values;
    }

    static Section of(String path, @Nullable Object value) {
        if (value == null) {
            throw new BadConfigurationException(path, "is missing from the context of cdk.json");
        }
        if (value instanceof Map<?, ?> map) {
            return new Section(path, map);
        }
        throw new BadConfigurationException(path, "expected an object with keys, was " + shown(value));
    }

    Section section(String key) {
        return of(key(key), value(key));
    }

    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        values.keySet().forEach(name -> names.add(String.valueOf(name)));
        return names;
    }

    String text(String key) {
        Object value = required(key);
        if (value instanceof String text) {
            return text;
        }
        throw new BadConfigurationException(key(key), "expected text, was " + shown(value));
    }

    boolean flag(String key) {
        Object value = required(key);
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw new BadConfigurationException(key(key), "expected true or false, was " + shown(value));
    }

    int number(String key, int least, int most) {
        Object value = required(key);
        if (value instanceof Number number
                && number.doubleValue() == number.intValue()
                && number.intValue() >= least
                && number.intValue() <= most) {
            return number.intValue();
        }
        throw new BadConfigurationException(
                key(key), "expected a whole number from " + least + " to " + most + ", was " + shown(value));
    }

    List<String> texts(String key) {
        Object value = required(key);
        if (!(value instanceof List<?> list)) {
            throw new BadConfigurationException(key(key), "expected a list of texts, was " + shown(value));
        }
        List<String> texts = new ArrayList<>();
        for (Object one : list) {
            if (!(one instanceof String text)) {
                throw new BadConfigurationException(key(key), "expected texts in the list, found " + shown(one));
            }
            texts.add(text);
        }
        return List.copyOf(texts);
    }

    /** A word of an enum, written in small letters. */
    <E extends Enum<E>> E word(String key, Class<E> type) {
        String value = text(key);
        List<String> words = new ArrayList<>();
        for (E one : type.getEnumConstants()) {
            String word = one.name().toLowerCase(java.util.Locale.ROOT);
            if (word.equals(value)) {
                return one;
            }
            words.add(word);
        }
        throw new BadConfigurationException(
                key(key), "expected " + String.join(" or ", words) + ", was " + shown(value));
    }

    String matching(String key, String pattern, String expected) {
        String value = text(key);
        if (!value.matches(pattern)) {
            throw new BadConfigurationException(key(key), "expected " + expected + ", was " + shown(value));
        }
        return value;
    }

    String key(String key) {
        return path + "." + key;
    }

    void refuseOtherKeys() {
        for (String name : names()) {
            if (!read.contains(name)) {
                throw new BadConfigurationException(
                        key(name), "there is no such key; known are " + String.join(", ", read));
            }
        }
    }

    private Object required(String key) {
        Object value = value(key);
        if (value == null) {
            throw new BadConfigurationException(key(key), "is missing from the context of cdk.json");
        }
        return value;
    }

    private @Nullable Object value(String key) {
        read.add(key);
        return values.get(key);
    }

    private static String shown(@Nullable Object value) {
        return value instanceof String ? "'" + value + "'" : String.valueOf(value);
    }
}
