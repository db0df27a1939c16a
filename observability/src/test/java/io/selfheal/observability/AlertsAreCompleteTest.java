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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlertsAreCompleteTest {
    private static final List<String> SECTIONS = List.of(
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
        for (Map<String, Object> alert : new Rendered(profile).alerts()) {
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
            assertThat(found).isEqualTo(names(Profile.FAST));
        }
        assertThat(names(Profile.FAST))
                .allSatisfy(name -> assertThat(index).contains("[" + name + "](" + name + ".md)"));
    }

    private static Set<String> names(Profile profile) {
        return new Rendered(profile)
                .alerts().stream()
                        .map(alert -> String.valueOf(alert.get("alert")))
                        .collect(Collectors.toSet());
    }

    private static Set<String> expected(Profile profile, boolean firing) {
        return new Rendered(profile)
                .expectations().stream()
                        .filter(expectation -> list(expectation, "exp_alerts").isEmpty() != firing)
                        .map(expectation -> String.valueOf(expectation.get("alertname")))
                        .collect(Collectors.toSet());
    }
}
