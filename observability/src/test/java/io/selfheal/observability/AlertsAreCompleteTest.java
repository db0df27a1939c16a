package io.selfheal.observability;

import static io.selfheal.observability.Rendered.RUNBOOKS;
import static io.selfheal.observability.Rendered.list;
import static io.selfheal.observability.Rendered.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlertsAreCompleteTest {
    static final List<String> SECTIONS = List.of(
            "## What it means",
            "## What users see",
            "## What the healer does",
            "## Check by hand",
            "## Mend",
            "## Silence or pause");

    @ParameterizedTest
    @EnumSource
    void givenAnAlert_thenItHasAFiringTest(Profile profile) {
        assertThat(names(profile)).isSubsetOf(expected(profile, true));
    }

    @ParameterizedTest
    @EnumSource
    void givenAnAlert_thenItHasASilentTest(Profile profile) {
        assertThat(names(profile)).isSubsetOf(expected(profile, false));
    }

    @ParameterizedTest
    @EnumSource
    void givenAnAlert_thenItNamesItsRunbookAndARunbookPageExists(Profile profile) {
        for (Map<String, Object> alert : new Rendered(profile).everyAlert()) {
            String name = String.valueOf(alert.get("alert"));
            assertThat(map(alert, "annotations")).containsEntry("runbook", "docs/runbooks/" + name + ".md");
            assertThat(map(alert, "annotations").get("summary")).isNotBlank();
            assertThat(RUNBOOKS.resolve(name + ".md")).exists();
            assertThat(Rendered.text(RUNBOOKS.resolve(name + ".md")))
                    .startsWith("# " + name + "\n")
                    .contains(SECTIONS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void givenAnAlert_thenItCarriesTheLabelsThatRoutesAndHealerReadAndNoOthers(Profile profile) {
        for (Map<String, Object> alert : new Rendered(profile).alerts()) {
            Map<String, String> labels = map(alert, "labels");
            assertThat(labels.get("severity")).isIn("page", "ticket");
            assertThat(labels.keySet()).isSubsetOf("severity", "heal");
            if (!"HealerDown".equals(alert.get("alert"))) {
                assertThat(labels).containsEntry("heal", "auto");
            }
        }
    }

    /** What an alert says about who answers it, against the policies that the healer has in the demo. */
    @ParameterizedTest
    @EnumSource
    void givenAnAlert_thenItNamesThePolicyThatAnswersIt(Profile profile) {
        for (String file : List.of("production.yaml", "demo.yaml")) {
            Map<String, Object> policies =
                    Rendered.yaml(Rendered.MODULE.resolve("../stage/policies").resolve(file));
            for (Map<String, Object> alert : new Rendered(profile).everyAlert()) {
                assertThat(map(alert, "annotations").get("policy"))
                        .as("policy of %s in %s", alert.get("alert"), file)
                        .isEqualTo(answering(policies, alert));
            }
        }
    }

    /** The first that matches governs; an alert without heal="auto" never reaches the healer. */
    private static String answering(Map<String, Object> policies, Map<String, Object> alert) {
        if (!"auto".equals(map(alert, "labels").get("heal"))) {
            return "none: a person";
        }
        return list(policies, "policies").stream()
                .filter(policy -> matches(String.valueOf(policy.get("match")), String.valueOf(alert.get("alert"))))
                .map(policy -> String.valueOf(policy.get("name")))
                .findFirst()
                .orElse("no policy");
    }

    private static boolean matches(String match, String alert) {
        Matcher matcher = Pattern.compile("\\[alertname=~?\"([^\"]+)\"]").matcher(match);
        assertThat(matcher.matches())
                .as("%s is not a match by alertname alone", match)
                .isTrue();
        return alert.matches(matcher.group(1));
    }

    @Test
    void givenBothProfiles_thenTheyHaveTheSameAlerts() {
        assertThat(names(Profile.FAST)).isEqualTo(names(Profile.PRODUCTION));
    }

    @Test
    void givenTheRunbooks_thenEachBelongsToAnAlertAndTheIndexListsIt() throws IOException {
        String index = Rendered.text(RUNBOOKS.resolve("README.md"));
        try (Stream<Path> pages = Files.list(RUNBOOKS)) {
            Set<String> found = pages.map(page -> page.getFileName().toString())
                    .filter(page -> !page.equals("README.md"))
                    .map(page -> page.replace(".md", ""))
                    .collect(Collectors.toSet());
            assertThat(found).isEqualTo(all());
        }
        assertThat(all()).allSatisfy(name -> assertThat(index).contains("[" + name + "](" + name + ".md)"));
    }

    /** Those about the shop and those about what watches it. */
    private static Set<String> all() {
        return Stream.concat(names(Profile.FAST).stream(), StackAlertsTest.names().stream())
                .collect(Collectors.toSet());
    }

    private static Set<String> names(Profile profile) {
        return new Rendered(profile)
                .everyAlert().stream()
                        .map(alert -> String.valueOf(alert.get("alert")))
                        .collect(Collectors.toSet());
    }

    private static Set<String> expected(Profile profile, boolean firing) {
        return new Rendered(profile)
                .everyExpectation().stream()
                        .filter(expectation -> list(expectation, "exp_alerts").isEmpty() != firing)
                        .map(expectation -> String.valueOf(expectation.get("alertname")))
                        .collect(Collectors.toSet());
    }
}
