package io.selfheal.demo.twins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AllocationTest {

    private static final String HEAD =
            "    S0C         S1C         S0U         S1U          EC           EU           OC           OU      YGC     YGCT     FGC    FGCT\n";

    @Test
    void givenTwoLooks_thenWhatFilledTheYoungGenerationBetweenThem() {
        Allocation before =
                Allocation.parse(HEAD + " 4352.0 4352.0 0.0 100.0 34944.0 10000.0 87424.0 900.0 10 0.1 2 0.1\n");
        Allocation after =
                Allocation.parse(HEAD + " 4352.0 4352.0 0.0 100.0 34944.0 5000.0 87424.0 900.0 13 0.1 2 0.1\n");

        assertThat(after.since(before)).contains(3 * 34944.0 - 5000);
    }

    @Test
    void givenAFullCollectionBetween_thenNoFigure() {
        Allocation before =
                Allocation.parse(HEAD + " 4352.0 4352.0 0.0 100.0 34944.0 10000.0 87424.0 900.0 10 0.1 2 0.1\n");
        Allocation after =
                Allocation.parse(HEAD + " 4352.0 4352.0 0.0 100.0 34944.0 5000.0 87424.0 900.0 13 0.1 3 0.1\n");

        assertThat(after.since(before)).isEmpty();
    }

    @Test
    void givenNoTable_thenThatIsSaid() {
        assertThatThrownBy(() -> Allocation.parse("42 not found")).hasMessageContaining("42 not found");
    }
}
