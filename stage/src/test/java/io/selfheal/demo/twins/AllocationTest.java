package io.selfheal.demo.twins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AllocationTest {

    private static final String TABLE = """
                S0C         S1C         S0U         S1U          EC           EU           OC           OU      YGC     YGCT     FGC    FGCT
             4352.0      4352.0         0.0       100.0      34944.0          0.0      87424.0        900.0  %d   0.1   %d   0.1
            """;

    @Test
    void givenTwoLooks_thenWhatFilledTheYoungGenerationBetweenThem() {
        assertThat(look(13, 2, 5_000).since(look(10, 2, 10_000))).contains(3 * 34_944.0 - 5_000);
    }

    @Test
    void givenNoCollectionBetween_thenStillWhatWasAllocated() {
        assertThat(look(10, 2, 10_700).since(look(10, 2, 10_000))).contains(700.0);
    }

    @Test
    void givenAFullCollectionBetween_thenNoFigure() {
        assertThat(look(13, 3, 5_000).since(look(10, 2, 10_000))).isEmpty();
    }

    @Test
    void givenAnotherCollectorOrNoProcess_thenThatIsSaid() {
        assertThatThrownBy(() -> Allocation.parse("42 not found", "")).hasMessageContaining("42 not found");
        assertThatThrownBy(() -> Allocation.parse(TABLE.formatted(1, 1), "garbage-first heap"))
                .hasMessageContaining("garbage-first");
    }

    private static Allocation look(int collections, int full, int usedKb) {
        return Allocation.parse(TABLE.formatted(collections, full), """
                42:
                DefNew     total 39296K, used %dK [0x00000000f8000000, 0x00000000faaa0000, 0x00000000faaa0000)
                Tenured    total 87424K, used 1166K [0x00000000faaa0000, 0x0000000100000000, 0x0000000100000000)
                """.formatted(usedKb));
    }
}
