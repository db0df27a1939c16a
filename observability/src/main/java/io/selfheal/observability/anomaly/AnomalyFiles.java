package io.selfheal.observability.anomaly;

import io.selfheal.observability.slo.Pace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rule file and its tests. In their sources {@code <1h>} is a time on the clock that {@link Pace} sets. */
public final class AnomalyFiles {
    private static final Pattern TIME = Pattern.compile("<(\\d+[smhd])>");

    private AnomalyFiles() {}

    public static String rules(Pace pace) {
        return atPace(source("anomaly.rules.yml"), pace);
    }

    /** promtool's tests of that rule file, which lies beside them as anomaly.rules.yml. */
    public static String ruleTests(Pace pace) {
        return atPace(source("anomaly.rules.test.yml"), pace);
    }

    private static String atPace(String source, Pace pace) {
        String text = TIME.matcher(source).replaceAll(time -> Matcher.quoteReplacement(pace.real(time.group(1))));
        return pace.note().isEmpty() ? text : "# " + pace.note() + "\n" + text;
    }

    private static String source(String name) {
        try (InputStream in = AnomalyFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the module lacks its resource anomaly/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource anomaly/" + name, e);
        }
    }
}
