package io.selfheal.architecture.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links within the repository lead somewhere. Those that leave it are not followed: a build needs no network. */
class LinksTest {

    @Test
    void givenAllPages_thenNoLinkIsDead() {
        List<Page> pages = Repository.here().pages();

        assertThat(pages.stream().flatMap(page -> page.links().stream()))
                .as("links that were looked at")
                .hasSizeGreaterThan(100);
        assertThat(pages.stream().flatMap(LinksTest::dead)).isEmpty();
    }

    @Test
    void givenDeadOnes_thenEachIsTold(@TempDir Path folder) throws Exception {
        Path page = Files.writeString(folder.resolve("page.md"), """
                # A Heading, with `code`!
                [here](#a-heading-with-code) [there](other.md#there) [out](https://example.org/gone) [root](.)
                | [table](other.md) | ![picture](gone.png) |
                [gone](gone.md), [unheard](other.md#unheard), [nowhere](#nowhere)
                """);
        Files.writeString(folder.resolve("other.md"), "# There\n");

        assertThat(dead(Page.read(page)))
                .containsExactlyInAnyOrder(
                        page + ": gone.png", page + ": gone.md", page + ": other.md#unheard", page + ": #nowhere");
    }

    private static Stream<String> dead(Page page) {
        return page.links().stream()
                .filter(link -> !link.matches("[a-z]+:.*"))
                .filter(link -> !leads(page, link))
                .map(link -> page.file() + ": " + link);
    }

    private static boolean leads(Page page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty()
                ? page.file()
                : page.file().resolveSibling(URLDecoder.decode(parts[0], StandardCharsets.UTF_8));
        Optional<String> anchor = parts.length == 2 ? Optional.of(parts[1]) : Optional.empty();
        return Files.exists(target)
                && anchor.map(name -> Page.read(target).anchors().contains(name))
                        .orElse(true);
    }
}
