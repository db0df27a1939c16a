package io.selfheal.demo.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ShareTest {

    @Test
    void givenSomeOfAll_thenTheBoundsAreWilsons() {
        // Agresti and Coull (1998), and every calculator: 8 of 10 is 49.0 % to 94.3 %, 15 of 15 is 79.6 % to 100 %.
        assertThat(new Share(8, 10).low()).isCloseTo(0.4902, within(0.0001));
        assertThat(new Share(8, 10).high()).isCloseTo(0.9433, within(0.0001));
        assertThat(new Share(15, 15).low()).isCloseTo(0.7961, within(0.0001));
        assertThat(new Share(15, 15).high()).isEqualTo(1);
    }

    @Test
    void givenNoneOfAll_thenTheBoundIsThreeOverAll() {
        assertThat(new Share(0, 180).bound()).isCloseTo(3.0 / 180, within(1e-12));
        assertThat(new Share(0, 180).low()).isZero();
        assertThat(new Share(0, 2).bound()).isEqualTo(1);
    }

    @Test
    void givenOneOfAll_thenTheBoundIsWilsons() {
        assertThat(new Share(1, 100).bound())
                .isEqualTo(new Share(1, 100).high())
                .isCloseTo(0.0545, within(0.0001));
    }

    @Test
    void givenWhatIsNoShare_thenRefused() {
        assertThatThrownBy(() -> new Share(3, 2)).hasMessageContaining("3 of 2");
        assertThatThrownBy(() -> new Share(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
