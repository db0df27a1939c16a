package io.selfheal.healer.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.testkit.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BodyBudgetTest {

    private final MutableClock clock = new MutableClock();
    private final BodyBudget budget = new BodyBudget(100, clock);

    @Test
    void givenRoom_whenTaking_thenManySmallBodiesAreLetIn() {
        assertThat(budget.take(40)).isPresent();
        assertThat(budget.take(40)).isPresent();
        assertThat(budget.take(40)).isEmpty();
        assertThat(budget.take(20)).isPresent();
    }

    @Test
    void givenABodyLargerThanTheBudget_whenItIsAlone_thenItIsLetInAndNobodyElse() {
        long lease = budget.take(500).orElseThrow();

        assertThat(budget.take(1)).isEmpty();
        budget.giveBack(lease);
        assertThat(budget.take(1)).isPresent();
    }

    @Test
    void givenASenderThatNeverEnds_whenItsTimeIsOver_thenItsBytesAreGivenToOthers() {
        assertThat(budget.take(100)).isPresent();

        clock.advance(Duration.ofSeconds(21));

        assertThat(budget.take(100)).isPresent();
    }
}
