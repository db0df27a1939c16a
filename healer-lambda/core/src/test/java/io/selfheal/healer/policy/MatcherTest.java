package io.selfheal.healer.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class MatcherTest {

    private record Row(String matcher, String value, boolean matches) {}

    @TestFactory
    Stream<DynamicTest> matchesAsAlertmanagerDoes() {
        return Stream.of(
                        new Row("a=\"x\"", "x", true),
                        new Row("a=x", "x", true),
                        new Row(" a = \"x\" ", "x", true),
                        new Row("a=\"x\"", "xx", false),
                        new Row("a=\"\"", "", true),
                        new Row("a!=\"x\"", "x", false),
                        new Row("a!=\"x\"", "", true),
                        new Row("a=~\"x|y\"", "y", true),
                        new Row("a=~\"x|y\"", "xy", false),
                        new Row("a=~\"x\"", "axa", false),
                        new Row("a=~\".+\"", "", false),
                        new Row("a=~\".*\"", "", true),
                        new Row("a!~\"x.*\"", "xyz", false),
                        new Row("a!~\"x.*\"", "yx", true),
                        new Row("a=\"say \\\"hi\\\"\"", "say \"hi\"", true),
                        new Row("a=\"back\\\\slash\"", "back\\slash", true),
                        new Row("a=\"line\\nbreak\"", "line\nbreak", true),
                        new Row("a=~\"\\d+\"", "42", true),
                        new Row("a=~\"1\\.5\"", "1x5", false),
                        new Row("a=\"a.b\"", "axb", false),
                        new Row("a=\"{}, = ~\"", "{}, = ~", true))
                .map(row -> DynamicTest.dynamicTest(row.toString(), () -> {
                    Map<String, String> labels = row.value().isEmpty() ? Map.of() : Map.of("a", row.value());
                    assertThat(Matcher.parse(row.matcher()).matches(labels)).isEqualTo(row.matches());
                }));
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatIsNoMatcher() {
        return Stream.of(
                        "",
                        "a",
                        "=x",
                        "a=",
                        "a==\"x\"",
                        "a=\"x",
                        "a=x y",
                        "1a=x",
                        "a-b=x",
                        "a=~\"(\"",
                        "a<\"x\"",
                        "a=\"x\" b")
                .map(text ->
                        DynamicTest.dynamicTest("'" + text + "'", () -> assertThatThrownBy(() -> Matcher.parse(text))
                                .isInstanceOf(IllegalArgumentException.class)));
    }

    @TestFactory
    Stream<DynamicTest> printsWhatItParses() {
        return Stream.of("a=\"x\"", "a!=\"q\\\"q\"", "a=~\"b\\\\\\\\d\"", "a!~\"n\\nn\"")
                .map(text -> DynamicTest.dynamicTest(
                        text, () -> assertThat(Matcher.parse(Matcher.parse(text).toString()))
                                .hasToString(Matcher.parse(text).toString())));
    }
}
