package io.selfheal.observability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The checked-in files of one profile, as the tests read them. */
record Rendered(Profile profile) {
    static final Path MODULE = Path.of(System.getProperty("module.dir", "."));
    static final Path RUNBOOKS = MODULE.resolve("../docs/runbooks").normalize();

    Path rules() {
        return prometheus("rules.yml");
    }

    Path ruleTests() {
        return prometheus("rules.test.yml");
    }

    Path prometheus(String name) {
        return MODULE.resolve("prometheus").resolve(profile.id()).resolve(name);
    }

    Path alertmanager() {
        return MODULE.resolve("alertmanager").resolve(profile.id()).resolve("alertmanager.yml");
    }

    List<Map<String, Object>> alerts() {
        return list(yaml(rules()), "groups").stream()
                .flatMap(group -> list(group, "rules").stream())
                .toList();
    }

    /** Those of all rule files of the profile, recording rules left out. */
    List<Map<String, Object>> everyAlert() {
        return files("rules.yml").stream()
                .flatMap(file -> list(yaml(file), "groups").stream())
                .flatMap(group -> list(group, "rules").stream())
                .filter(rule -> rule.containsKey("alert"))
                .toList();
    }

    /** The expectations in the tests of all rule files of the profile. */
    List<Map<String, Object>> everyExpectation() {
        return files("rules.test.yml").stream()
                .flatMap(file -> list(yaml(file), "tests").stream())
                .flatMap(test -> list(test, "alert_rule_test").stream())
                .toList();
    }

    private List<Path> files(String ending) {
        try (Stream<Path> files = Files.list(prometheus("."))) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every expectation about an alert in the rule tests. */
    List<Map<String, Object>> expectations() {
        return list(yaml(ruleTests()), "tests").stream()
                .flatMap(test -> list(test, "alert_rule_test").stream())
                .toList();
    }

    Map<String, Object> alert(String name) {
        return alerts().stream()
                .filter(rule -> name.equals(rule.get("alert")))
                .findFirst()
                .orElseThrow();
    }

    /** The rule tests cut down to the expectations about one alert. */
    Map<String, Object> testsOf(String alert) {
        Map<String, Object> file = yaml(ruleTests());
        List<Map<String, Object>> tests = list(file, "tests");
        for (Map<String, Object> test : tests) {
            test.put(
                    "alert_rule_test",
                    list(test, "alert_rule_test").stream()
                            .filter(expectation -> alert.equals(expectation.get("alertname")))
                            .toList());
        }
        file.put(
                "tests",
                tests.stream()
                        .filter(test -> !list(test, "alert_rule_test").isEmpty())
                        .toList());
        return file;
    }

    static Map<String, Object> yaml(Path file) {
        return new Yaml().load(text(file));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked") // YAML lists of maps; anything else fails the test where it is read
    static List<Map<String, Object>> list(Map<String, Object> map, String key) {
        return map.get(key) == null ? List.of() : (List<Map<String, Object>>) map.get(key);
    }

    @SuppressWarnings("unchecked") // as above
    static Map<String, String> map(Map<String, Object> map, String key) {
        return (Map<String, String>) map.getOrDefault(key, Map.of());
    }
}
