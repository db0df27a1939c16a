package io.selfheal.demo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MarkedRegionTest {

    private static final String PAGE =
            "# Page\n\nbefore  \n" + MarkedRegion.begin("a") + "\nold\n\nold\n" + MarkedRegion.end("a") + "\nbetween\n"
                    + MarkedRegion.begin("b") + "\nits own\n" + MarkedRegion.end("b") + "\n\tafter";

    @Test
    void givenAPage_thenOnlyWhatIsBetweenTheMarksChanges() {
        String written = MarkedRegion.replace(PAGE, "a", "\nnew\n\n");

        assertThat(written).isEqualTo(PAGE.replace("old\n\nold", "new"));
    }

    @Test
    void givenTheSameText_thenWritingTwiceIsWritingOnce() {
        String once = MarkedRegion.replace(PAGE, "a", "new");

        assertThat(MarkedRegion.replace(once, "a", "new")).isEqualTo(once);
    }

    @Test
    void givenMarksThatAreMissingTwiceOrInTheWrongOrder_thenRefused() {
        assertThatThrownBy(() -> MarkedRegion.replace("# Page", "a", "x")).hasMessageContaining("once");
        assertThatThrownBy(() -> MarkedRegion.replace(PAGE + PAGE, "a", "x")).hasMessageContaining("once");
        assertThatThrownBy(() -> MarkedRegion.replace(MarkedRegion.end("a") + MarkedRegion.begin("a"), "a", "x"))
                .hasMessageContaining("before");
    }

    @Test
    void givenATextWithMarks_thenRefused() {
        assertThatThrownBy(() -> MarkedRegion.replace(PAGE, "a", MarkedRegion.end("a")))
                .hasMessageContaining("marks of its own");
    }
}
