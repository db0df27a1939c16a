package io.selfheal.shop.kit.fault;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;

/** The checked values of a fault's parameters. */
final class Parameters {

    private final Map<String, Object> values;

    private Parameters(Map<String, Object> values) {
        this.values = values;
    }

    /** Takes the given texts, the defaults for the rest, and refuses names that the fault does not have. */
    static Parameters parse(List<Parameter> known, Map<String, String> given) {
        Map<String, String> rest = new HashMap<>(given);
        Map<String, Object> values = new TreeMap<>();
        for (Parameter parameter : known) {
            String text = rest.remove(parameter.name());
            values.put(parameter.name(), parameter.parser().apply(text == null ? parameter.standard() : text));
        }
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException("No parameter " + new TreeSet<>(rest.keySet()) + "; there is "
                    + known.stream().map(Parameter::name).toList() + " and ttl");
        }
        return new Parameters(values);
    }

    Duration duration(String name) {
        return (Duration) value(name);
    }

    int whole(String name) {
        return (Integer) value(name);
    }

    String text(String name) {
        return (String) value(name);
    }

    /** Rolls the dice: true for the given share of calls. */
    boolean hits(String share) {
        return ThreadLocalRandom.current().nextDouble() < (Double) value(share);
    }

    /** For display: durations as text, numbers as numbers. */
    Map<String, Object> shown() {
        Map<String, Object> shown = new TreeMap<>();
        values.forEach((name, value) -> shown.put(name, value instanceof Duration d ? d.toString() : value));
        return shown;
    }

    private Object value(String name) {
        return Objects.requireNonNull(values.get(name), name);
    }
}
