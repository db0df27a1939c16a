package io.selfheal.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CheckedInTest {
    @Test
    void givenTheSource_whenRendered_thenTheCheckedInFilesAreTheSame() {
        CheckedIn.files().forEach((name, rendered) -> assertThat(Rendered.MODULE.resolve(name))
                .as("%s differs from its source: ./mvnw -q -pl observability compile exec:java", name)
                .exists()
                .hasContent(rendered));
    }

    @Test
    void givenTheFoldersOfRenderedFiles_thenNothingElseLiesInThem() throws IOException {
        for (String folder :
                new String[] {"prometheus/fast", "prometheus/production", "alertmanager", "grafana/dashboards"}) {
            try (Stream<Path> files = Files.walk(Rendered.MODULE.resolve(folder))) {
                assertThat(files.filter(Files::isRegularFile).map(file -> Rendered.MODULE
                                .relativize(file)
                                .toString()
                                .replace('\\', '/')))
                        .isSubsetOf(CheckedIn.files().keySet());
            }
        }
    }
}
