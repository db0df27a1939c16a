package io.selfheal.demo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultPagesTest {
    private static final Path PAGES = Path.of("../docs/faults");

    @Test
    void givenAFault_thenItHasAPageAndNoPageIsAboutNothing() throws IOException {
        try (Stream<Path> pages = Files.list(PAGES)) {
            assertThat(pages.map(page -> page.getFileName().toString()).filter(name -> !name.equals("README.md")))
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(Fault.values())
                            .filter(fault -> fault.kind() != Fault.Kind.CONTROL)
                            .map(fault -> fault.id() + ".md")
                            .toList());
        }
    }

    @Test
    void givenAControl_thenTheIndexTellsOfIt() throws IOException {
        String index = Files.readString(PAGES.resolve("README.md"));

        assertThat(Arrays.stream(Fault.values()).filter(fault -> fault.kind() == Fault.Kind.CONTROL))
                .isNotEmpty()
                .allMatch(control -> index.contains("| `" + control.id() + "` |"));
    }
}
