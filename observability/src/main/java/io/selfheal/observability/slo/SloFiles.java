package io.selfheal.observability.slo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** All that is generated from {@code observability/slo/*.yaml}, as texts. */
public final class SloFiles {
    /** A budget that burns says nothing about which task is sick: the healer's own alerts are faster and say more. */
    static final String POLICY = "none: a person";

    private static final List<String> SERVICES = List.of("order", "product", "user");

    private SloFiles() {}

    /** The services that have a file, in the order of the generated texts. */
    public static List<String> services() {
        return SERVICES;
    }

    /** What the objectives are about, the values of the label slo. */
    public static List<String> names() {
        return all().stream().map(Slo::name).distinct().toList();
    }

    /** The rule file of Prometheus. */
    public static String rules(Pace pace) {
        return rules(pace, all());
    }

    static String rules(Pace pace, List<Slo> slos) {
        StringBuilder text = new StringBuilder("""
                # Error budgets and their burn rates. Generated from observability/slo/*.yaml: edit those, then
                # ./mvnw -q -pl observability compile exec:java
                """);
        if (!pace.note().isEmpty()) {
            text.append("# ").append(pace.note()).append('\n');
        }
        text.append("groups:\n");
        slos.forEach(slo -> text.append(new SloRules(slo, pace).groups()));
        return text.toString();
    }

    /** promtool's tests of that rule file, which lies beside them as slo.rules.yml. */
    public static String ruleTests(Pace pace) {
        return tests(pace, "slo.rules.yml", all());
    }

    static String tests(Pace pace, String rules, List<Slo> slos) {
        StringBuilder text = new StringBuilder("""
                # Tests of the burn rates. Generated from observability/slo/*.yaml, as the rules are. By hand: promtool test rules slo.rules.test.yml
                rule_files: [%s]
                evaluation_interval: %s

                tests:
                """.formatted(rules, pace.real("2m")));
        slos.forEach(slo -> text.append(new SloRuleTests(slo, pace).tests()));
        return text.toString();
    }

    /** The alarms of CloudWatch, for infra/cdk. */
    public static String cloudWatchAlarms() {
        return CloudWatchAlarms.json(all());
    }

    static List<Slo> all() {
        return SERVICES.stream().flatMap(service -> of(service).stream()).toList();
    }

    static List<Slo> of(String service) {
        String file = service + ".yaml";
        List<Slo> slos = SloFile.parse("observability/slo/" + file, source(file));
        slos.stream().filter(slo -> !slo.service().equals(service)).findFirst().ifPresent(stranger -> {
            throw new IllegalArgumentException(
                    "observability/slo/" + file + ": spec.service must be " + service + ", is " + stranger.service());
        });
        return slos;
    }

    private static String source(String file) {
        try (InputStream in = SloFiles.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the module lacks its resource slo/" + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource slo/" + file, e);
        }
    }
}
