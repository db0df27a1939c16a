package io.selfheal.architecture.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import io.selfheal.architecture.Product;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The walk of a signal that docs/architecture.md tells, class by class, is one that the classes really go. */
class WalkTest {
    private static final String HEADING = "## The same walk, by class";
    private static final Pattern CLASS = Pattern.compile("src/main/java/([\\w/]+)\\.java\\)");

    /** From one class to one that it hands on to. */
    private record Arrow(String from, String to) {}

    @Test
    void givenTheTable_thenEachArrowIsInTheClasses() {
        List<Arrow> arrows = arrows(Repository.text(Repository.here().root().resolve("docs/architecture.md")));

        assertThat(arrows).hasSizeGreaterThan(30);
        assertThat(arrows).filteredOn(arrow -> !isThere(arrow)).isEmpty();
    }

    @Test
    void givenAnArrowThatNobodyGoes_thenItIsSeen() {
        assertThat(isThere(new Arrow("io.selfheal.healer.decide.Decider", "io.selfheal.healer.server.http.Reception")))
                .isFalse();
        assertThat(arrows(HEADING + """

                | class | what it does | hands on to |
                |---|---|---|
                | [`A`](../x/src/main/java/a/A.java) | after [b](../x/src/main/java/a/B.java) | [`C`](../x/src/main/java/c/C.java), [`D`](../x/src/main/java/d/D.java) |

                ## Next
                | [`E`](../x/src/main/java/a/E.java) | | [`F`](../x/src/main/java/c/F.java) |
                """)).containsExactly(new Arrow("a.A", "c.C"), new Arrow("a.A", "d.D"));
    }

    private static List<Arrow> arrows(String page) {
        String section =
                page.substring(page.indexOf(HEADING) + HEADING.length()).replaceAll("(?s)\n## .*", "");
        return section.lines()
                .map(line -> line.split("\\|", -1))
                .filter(cells -> cells.length == 5)
                .flatMap(cells ->
                        classes(cells[1]).flatMap(from -> classes(cells[3]).map(to -> new Arrow(from, to))))
                .toList();
    }

    private static Stream<String> classes(String cell) {
        return CLASS.matcher(cell).results().map(WalkTest::name);
    }

    private static String name(MatchResult path) {
        return path.group(1).replace('/', '.');
    }

    private static boolean isThere(Arrow arrow) {
        return Product.CLASSES.get(arrow.to()).isAssignableTo(arrow.from())
                || Product.CLASSES.stream()
                        .filter(type -> belongsTo(type, arrow.from()))
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .map(Dependency::getTargetClass)
                        .anyMatch(target -> belongsTo(target, arrow.to()));
    }

    private static boolean belongsTo(JavaClass type, String name) {
        return type.getName().equals(name) || type.getName().startsWith(name + "$");
    }
}
