package io.selfheal.observability.slo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads OpenSLO v1: of its many shapes the one that our files have; anything else is refused with its place. */
final class SloFile {
    private final String file;

    private SloFile(String file) {
        this.file = file;
    }

    static List<Slo> parse(String file, String yaml) {
        List<Slo> slos = new ArrayList<>();
        SloFile reader = new SloFile(file);
        try {
            for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(yaml)) {
                slos.add(reader.slo(document));
            }
        } catch (YAMLException e) {
            throw new IllegalArgumentException(file + ": is not YAML: " + e.getMessage(), e);
        }
        if (slos.isEmpty()) {
            throw new IllegalArgumentException(file + ": holds no SLO; expected at least one document of kind SLO");
        }
        return List.copyOf(slos);
    }

    private Slo slo(@Nullable Object document) {
        require(document, "apiVersion", "openslo/v1");
        require(document, "kind", "SLO");
        String name = text(document, "metadata", "name");
        require(document, "spec.budgetingMethod", "Occurrences");
        require(document, "spec.indicator.spec.ratioMetric.counter", "true");
        try {
            return new Slo(
                    text(document, "spec", "service"),
                    text(document, "metadata", "annotations", "selfheal.io/slo"),
                    text(document, "metadata", "displayName"),
                    indicator(document),
                    new BigDecimal(text(document, "spec", "objectives", "0", "target")),
                    days(text(document, "spec", "timeWindow", "0", "duration")),
                    new BigDecimal(text(document, "metadata", "annotations", "selfheal.io/traffic-floor")));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(file + ": " + name + ": not a number: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + name + ": " + e.getMessage(), e);
        }
    }

    private Indicator indicator(@Nullable Object document) {
        Selector total = counter(document, "total");
        Object ratio = value(document, "spec", "indicator", "spec", "ratioMetric");
        boolean good = ratio instanceof Map<?, ?> map && map.containsKey("good");
        return good
                ? new Indicator.Good(counter(document, "good"), total)
                : new Indicator.Bad(counter(document, "bad"), total);
    }

    private Selector counter(@Nullable Object document, String which) {
        return Selector.parse(
                text(document, "spec", "indicator", "spec", "ratioMetric", which, "metricSource", "spec", "query"));
    }

    private static int days(String duration) {
        if (!duration.matches("[1-9]\\d{0,3}d")) {
            throw new IllegalArgumentException("spec.timeWindow: duration must be days such as 30d, is " + duration);
        }
        return Integer.parseInt(duration.substring(0, duration.length() - 1));
    }

    private void require(@Nullable Object document, String path, String expected) {
        String found = text(document, path.split("\\.", -1));
        if (!found.equals(expected)) {
            throw new IllegalArgumentException(file + ": " + path + " must be " + expected + ", is " + found);
        }
    }

    private String text(@Nullable Object document, String... path) {
        Object value = value(document, path);
        if (value == null || value instanceof Map || value instanceof List) {
            throw new IllegalArgumentException(file + ": " + String.join(".", path) + " is missing");
        }
        return value.toString();
    }

    private static @Nullable Object value(@Nullable Object document, String... path) {
        @Nullable Object at = document;
        for (String key : path) {
            at = switch (at) {
                case Map<?, ?> map -> map.get(key);
                case List<?> list
                when key.matches("\\d+") && Integer.parseInt(key) < list.size() -> list.get(Integer.parseInt(key));
                case null, default -> null;
            };
        }
        return at;
    }
}
