package io.selfheal.healer.testkit;

import static io.selfheal.healer.testkit.Fixtures.T0;
import static io.selfheal.healer.testkit.Fixtures.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.control.Pause;
import io.selfheal.healer.control.Switches;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every implementation of the switches keeps to. */
public abstract class SwitchesContract {

    /** The same empty switches throughout one test. */
    protected abstract Switches switches();

    private static Pause pause(Optional<ServiceId> scope, String reason, Instant until) {
        return new Pause(scope, reason, "ann", T0, until);
    }

    private List<Pause> active(Instant now) {
        return switch (switches().active(now)) {
            case Fact.Known<List<Pause>>(List<Pause> pauses, Instant _) -> pauses;
            case Fact.Unknown<List<Pause>>(String why) -> throw new AssertionError("not readable: " + why);
        };
    }

    @Test
    void givenNoPause_thenNoneIsActive() {
        assertThat(active(T0)).isEmpty();
    }

    @Test
    void givenPauses_thenThoseAreActiveThatHaveNotEnded() {
        Pause everywhere = pause(Optional.empty(), "release night", T0.plusSeconds(60));
        Pause one = pause(Optional.of(service("order")), "migration", T0.plusSeconds(30));
        switches().pause(everywhere);
        switches().pause(one);

        assertThat(active(T0)).containsExactlyInAnyOrder(everywhere, one);
        assertThat(active(T0.plusSeconds(30))).containsExactly(everywhere);
        assertThat(active(T0.plusSeconds(60))).isEmpty();
    }

    @Test
    void whenAScopeIsPausedAgain_thenTheNewPauseReplacesTheOld() {
        Pause second = pause(Optional.empty(), "longer", T0.plusSeconds(90));
        switches().pause(pause(Optional.empty(), "short", T0.plusSeconds(60)));
        switches().pause(second);

        assertThat(active(T0)).containsExactly(second);
    }

    @Test
    void whenAScopeIsResumed_thenExactlyItsPauseEnds() {
        Pause everywhere = pause(Optional.empty(), "release night", T0.plusSeconds(60));
        switches().pause(everywhere);
        switches().pause(pause(Optional.of(service("order")), "migration", T0.plusSeconds(60)));

        assertThat(switches().resume(Optional.of(service("order")))).isTrue();
        assertThat(switches().resume(Optional.of(service("order")))).isFalse();
        assertThat(switches().resume(Optional.of(service("user")))).isFalse();
        assertThat(active(T0)).containsExactly(everywhere);
    }
}
