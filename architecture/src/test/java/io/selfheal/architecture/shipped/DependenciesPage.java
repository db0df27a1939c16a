package io.selfheal.architecture.shipped;

import io.selfheal.architecture.shipped.Sbom.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The page for people, made of all SBOMs. */
final class DependenciesPage {
    static final String COMMAND =
            "./mvnw -Psbom verify -pl architecture -am -Dtest=ShippedTest -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dtest.jvm.args=-Dwrite=true";
    private static final int NAMED = 3;

    private record Row(Component library, Set<String> programs, Set<String> because) {}

    private DependenciesPage() {}

    static String of(List<Program> programs) {
        Map<String, Row> rows = new TreeMap<>();
        for (Program program : programs) {
            Sbom sbom = program.sbom();
            for (Component library : sbom.components()) {
                if (!library.isOurs()) {
                    Row row = rows.computeIfAbsent(
                            library.coordinates() + ":" + library.version(),
                            _ -> new Row(library, new TreeSet<>(), new TreeSet<>()));
                    row.programs().add(program.name());
                    row.because().addAll(users(sbom, library));
                }
            }
        }
        String table = rows.values().stream().map(DependenciesPage::line).collect(Collectors.joining("\n"));
        return """
                # What is shipped besides our own classes

                Made of the programs' SBOMs (CycloneDX, `target/NAME.cdx.json` of each program's module, by `./mvnw -Psbom package`). A test holds each SBOM to the very files
                in the program's `target/lib`, by SHA-256, and this page to the SBOMs; it also refuses a licence that is not on its list. After a change of a
                dependency this writes the page anew:

                ```sh
                %s
                ```

                *Because of*: our modules that name it themselves; where none does, the libraries that bring it. Tests and the build use more, which is not shipped.

                | library | version | licence | in | because of |
                |---|---|---|---|---|
                %s
                """.formatted(COMMAND, table);
    }

    private static String line(Row row) {
        return "| " + row.library().coordinates() + " | " + row.library().version() + " | "
                + String.join(", ", row.library().licences()) + " | " + String.join(", ", row.programs()) + " | "
                + because(row.because()) + " |";
    }

    private static Set<String> users(Sbom sbom, Component library) {
        return sbom.users().getOrDefault(library.ref(), Set.of()).stream()
                .map(ref -> ref.replaceFirst("^pkg:maven/", "").replaceFirst("@.*", ""))
                .collect(Collectors.toSet());
    }

    private static String because(Set<String> users) {
        List<String> ours = users.stream()
                .filter(user -> user.startsWith("io.selfheal/"))
                .map(DependenciesPage::artifact)
                .toList();
        List<String> named = new ArrayList<>(
                (ours.isEmpty() ? users.stream().map(DependenciesPage::artifact).toList() : ours));
        int more = named.size() - NAMED;
        String all = String.join(", ", ours.isEmpty() && more > 0 ? named.subList(0, NAMED) : named);
        return ours.isEmpty() && more > 0 ? all + " and " + more + " more" : all;
    }

    private static String artifact(String coordinates) {
        return coordinates.substring(coordinates.indexOf('/') + 1);
    }
}
