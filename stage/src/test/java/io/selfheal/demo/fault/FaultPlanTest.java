package io.selfheal.demo.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultPlanTest {

    @Nested
    class GivenNames {

        @Test
        void whenAll_thenEveryFault() {
            assertThat(FaultPlan.parse("all")).containsExactly(Fault.values());
        }

        @Test
        void whenListed_thenThoseInOrderAndOnce() {
            assertThat(FaultPlan.parse("errors, hang,errors")).containsExactly(Fault.ERRORS, Fault.HANG);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "hang,", "HANG", "hang;crash"})
        void whenUnknown_thenTheSentenceSaysWhereToLook(String names) {
            assertThatThrownBy(() -> FaultPlan.parse(names))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("./demo faults");
        }
    }

    @Nested
    class GivenFaultsAndASeed {

        private final List<Fault> faults = List.of(Fault.HANG, Fault.ERRORS);

        @Test
        void whenPlannedTwice_thenThePlansAreEqual() {
            assertThat(FaultPlan.of(faults, 20, 7)).isEqualTo(FaultPlan.of(faults, 20, 7));
        }

        @Test
        void whenTheSeedDiffers_thenSoDoesThePlan() {
            assertThat(FaultPlan.of(faults, 20, 7)).isNotEqualTo(FaultPlan.of(faults, 20, 8));
        }

        @Test
        void whenPlanned_thenEachFaultRunsSoOftenAndTakesTurns() {
            List<PlannedRun> plan = FaultPlan.of(faults, 15, 1);

            assertThat(plan)
                    .extracting(PlannedRun::number)
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, 30).boxed().toList());
            assertThat(plan.stream().collect(Collectors.groupingBy(PlannedRun::fault, Collectors.counting())))
                    .containsOnly(Map.entry(Fault.HANG, 15L), Map.entry(Fault.ERRORS, 15L));
            assertThat(plan.get(0).fault()).isNotEqualTo(plan.get(1).fault());
            assertThat(plan).extracting(PlannedRun::service).contains("user", "product", "order");
        }
    }

    @Test
    void givenAFaultOfOneService_whenPlanned_thenItIsAlwaysThatOne() {
        assertThat(FaultPlan.of(List.of(Fault.PRODUCT_DOWN), 20, 1))
                .extracting(PlannedRun::service)
                .containsOnly("product");
    }

    @Test
    void givenAFaultOfTheWholeShop_whenPlanned_thenNoServiceIsNamed() {
        assertThat(FaultPlan.of(List.of(Fault.LOAD_SPIKE), 20, 1))
                .extracting(PlannedRun::service)
                .containsOnly("all");
    }

    @Test
    void givenNoHealer_whenGray_thenItIsExpectedToStay() {
        assertThat(Fault.HANG.expected(false)).isEqualTo(Expected.UNTOUCHED);
        assertThat(Fault.HANG.expected(true)).isEqualTo(Expected.HEALED);
        assertThat(Fault.PRODUCT_DOWN.expected(false)).isEqualTo(Expected.UNTOUCHED);
        assertThat(Fault.PRODUCT_DOWN.expected(true)).isEqualTo(Expected.ESCALATED);
        assertThat(Fault.CRASH.expected(true)).isEqualTo(Expected.UNTOUCHED);
        assertThat(Fault.FAILED_SCRAPE.expected(true)).isEqualTo(Expected.UNTOUCHED);
    }
}
