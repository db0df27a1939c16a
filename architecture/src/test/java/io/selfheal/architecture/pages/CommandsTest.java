package io.selfheal.architecture.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the pages tell to type names modules, profiles, tests, options and scripts that exist. */
class CommandsTest {
    private static final Repository REPOSITORY = Repository.here();
    private static final Commands COMMANDS = new Commands(REPOSITORY);
    /** Without decisions, which tell of their day. */
    private static final List<Page> PAGES = REPOSITORY.pages().stream()
            .filter(page -> !page.file().toString().contains("decisions"))
            .toList();

    @Test
    void givenAllPages_thenWhatTheyTellToTypeExists() {
        assertThat(PAGES.stream()
                        .flatMap(page -> page.typed().stream())
                        .mapToLong(COMMANDS::count)
                        .sum())
                .as("command lines that were looked at")
                .isGreaterThan(30);
        assertThat(PAGES.stream().flatMap(page -> page.typed().stream()
                        .flatMap(line -> COMMANDS.unknown(line).stream())
                        .map(unknown -> page.file() + ": there is no " + unknown)))
                .isEmpty();
    }

    @Test
    void givenAllPages_thenTheTestsThatTheyNameExist() {
        assertThat(COMMANDS.isUnknownTest("NoSuchTest")).isTrue();
        assertThat(PAGES.stream().flatMap(page -> page.typed().stream()
                        .filter(COMMANDS::isUnknownTest)
                        .map(name -> page.file() + ": there is no " + name)))
                .isEmpty();
    }

    @Test
    void givenWhatDoesNotExist_thenItIsTold() {
        assertThat(COMMANDS.unknown(
                        "X=1 ./mvnw -q -Pnone -pl healer-lambda/core,nowhere -Dtest='NoSuchTest,Links*' verify"))
                .containsExactly("-Pnone", "-pl nowhere", "a test NoSuchTest");
        assertThat(COMMANDS.unknown("./demo --once --twice")).containsExactly("./demo --twice");
        assertThat(COMMANDS.unknown("run .ci/nothing, then")).isEmpty();
        assertThat(COMMANDS.unknown("run .ci/nothing now")).containsExactly(".ci/nothing");
        assertThat(COMMANDS.unknown("./demo --once --fault all && ./mvnw -Pbench -pl stage verify"))
                .isEmpty();
    }
}
