package io.selfheal.healer.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Mode;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasureTest {
    private static final ServiceId ORDER = new ServiceId("selfheal", "order");
    private static final TaskId FIRST = new TaskId("arn:aws:ecs:us-east-1:000000000000:task/selfheal/1");
    private static final TaskId SECOND = new TaskId("arn:aws:ecs:us-east-1:000000000000:task/selfheal/2");

    private static final Action DEGRADED = new Action.Restore(ORDER, Mode.DEGRADED);
    private static final Action SHEDDING = new Action.Restore(ORDER, Mode.SHEDDING);
    private static final Action SCALED = new Action.ScaleBack(ORDER, 3, 2);
    private static final Action SURGED = new Action.Retire(ORDER, FIRST, 3, 2, false);
    private static final Action ASIDE = new Action.Retire(ORDER, FIRST, 3, 2, true);
    private static final Action OTHER_ASIDE = new Action.Retire(ORDER, SECOND, 3, 2, true);

    private record Row(Action standing, Action other, boolean covered) {}

    @Test
    void whatStands_thenCoversWhatItsUndoingTakesBack_andNothingElse() {
        for (Row row : List.of(
                new Row(DEGRADED, DEGRADED, true),
                new Row(DEGRADED, SHEDDING, false),
                new Row(DEGRADED, SCALED, false),
                new Row(DEGRADED, ASIDE, false),
                new Row(SCALED, SCALED, true),
                new Row(SCALED, SURGED, true),
                new Row(SURGED, SCALED, true),
                new Row(ASIDE, SURGED, true),
                new Row(ASIDE, ASIDE, true),
                new Row(SCALED, ASIDE, false),
                new Row(SURGED, ASIDE, false),
                new Row(OTHER_ASIDE, ASIDE, false),
                new Row(SCALED, SHEDDING, false))) {
            assertThat(new Measure(row.standing(), Instant.EPOCH).covers(row.other()))
                    .as(row.toString())
                    .isEqualTo(row.covered());
        }
    }

    @Test
    void whatEndsAtAnotherCount_thenDoesNotEndLikeIt() {
        Measure further = new Measure(new Action.Retire(ORDER, SECOND, 4, 3, false), Instant.EPOCH);

        assertThat(further.endsLike(SURGED)).isFalse();
        assertThat(new Measure(SCALED, Instant.EPOCH).endsLike(SURGED)).isTrue();
        assertThat(new Measure(DEGRADED, Instant.EPOCH).endsLike(DEGRADED)).isTrue();
    }
}
