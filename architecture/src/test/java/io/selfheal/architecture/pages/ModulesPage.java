package io.selfheal.architecture.pages;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The text of {@code docs/modules.md}: what there is, and who knows whom. */
final class ModulesPage {
    static final String FILE = "docs/modules.md";

    private final Path root;

    ModulesPage(Path root) {
        this.root = root;
    }

    String text() {
        List<BuildModule> modules = BuildModule.of(root);
        CorePackages packages = CorePackages.read();
        return """
                # Modules

                Generated from the poms and from the compiled classes. `ModulesTest` fails where this page differs; a change that is meant is taken over by

                ```sh
                ./mvnw test -pl architecture -am -Dtest=ModulesTest -Dsurefire.failIfNoSpecifiedTests=false -Dtest.jvm.args=-Dpages.write=true
                ```

                How it all works together: [architecture.md](architecture.md). The rules behind the arrows are tests:
                [HouseRule](../architecture/src/test/java/io/selfheal/architecture/HouseRule.java).

                ## The build

                An arrow: that module is on its class path. A dotted one: it has to be built before, as it is started, packed or described, and is not on the class path.
                What only tests know is left out, and so is [`images`](../images/README.md), which joins with `-Pimages` and packs the programs.

                ```mermaid
                flowchart TB
                %s%s```

                | module | what it is |
                |---|---|
                %s
                ## The packages of the healer's core

                An arrow: it knows that package. An arrow that follows from two others is left out, so each package knows at most what can be reached from it.

                ```mermaid
                flowchart TB
                %s```

                | package | what it is |
                |---|---|
                %s""".formatted(boxes(modules), arrows(modules), table(modules), arrows(packages), table(packages));
    }

    private static String boxes(List<BuildModule> modules) {
        Map<String, List<BuildModule>> parts = modules.stream()
                .collect(Collectors.groupingBy(BuildModule::part, LinkedHashMap::new, Collectors.toList()));
        StringBuilder text = new StringBuilder();
        parts.forEach((part, all) -> {
            if (all.size() == 1) {
                text.append("    ").append(box(all.getFirst())).append('\n');
            } else {
                // An id of its own: a module may be called like the part that it is in.
                text.append("    subgraph part-%1$s[\"%1$s\"]\n".formatted(part));
                all.forEach(
                        module -> text.append("        ").append(box(module)).append('\n'));
                text.append("    end\n");
            }
        });
        return text.toString();
    }

    private static String box(BuildModule module) {
        return module.artifact() + "[\"" + module.folder() + "\"]";
    }

    private static String arrows(List<BuildModule> modules) {
        StringBuilder text = new StringBuilder();
        for (BuildModule module : modules) {
            module.knows().forEach(known -> text.append("    %s --> %s\n".formatted(module.artifact(), known)));
            module.needs().forEach(needed -> text.append("    %s -.-> %s\n".formatted(module.artifact(), needed)));
        }
        return text.toString();
    }

    private static String arrows(CorePackages packages) {
        StringBuilder text = new StringBuilder();
        packages.reduced()
                .forEach((from, all) -> all.forEach(to -> text.append("    %s --> %s\n".formatted(from, to))));
        return text.toString();
    }

    private static String table(List<BuildModule> modules) {
        return modules.stream()
                .map(module -> "| [`%1$s`](../%1$s) | %2$s |\n".formatted(module.folder(), module.says()))
                .collect(Collectors.joining());
    }

    private String table(CorePackages packages) {
        return packages.known().keySet().stream()
                .map(name -> "| [`%s`](../healer-lambda/core/src/main/java/io/selfheal/healer/%s) | %s |\n"
                        .formatted(name, name.replace('.', '/'), CorePackages.says(root, name)))
                .collect(Collectors.joining());
    }
}
