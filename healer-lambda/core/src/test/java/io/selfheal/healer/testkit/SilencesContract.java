package io.selfheal.healer.testkit;

import static io.selfheal.healer.testkit.Fixtures.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.control.Silence;
import io.selfheal.healer.control.Silences;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.policy.Matcher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every way to read silences keeps to. */
public abstract class SilencesContract {

    /** The same silences throughout one test. */
    protected abstract Silences silences();

    /** Somebody silences; from then on it can be read. */
    protected abstract void silence(Silence silence);

    /** The time at which the silences are read; theirs may be a real system's. */
    protected Instant now() {
        return T0;
    }

    private Silence silence(String id, Instant until, Matcher... matchers) {
        return new Silence(id, List.of(matchers), "known fault", "eve", now().minusSeconds(1), until);
    }

    private List<Silence> active(Instant at) {
        return switch (silences().active(at)) {
            case Fact.Known<List<Silence>>(List<Silence> silences, Instant _) -> silences;
            case Fact.Unknown<List<Silence>>(String why) -> throw new AssertionError("not readable: " + why);
        };
    }

    @Test
    void givenNoSilence_thenNoneIsActive() {
        assertThat(active(now())).isEmpty();
    }

    @Test
    void givenASilence_thenItIsActiveWithAllItsMatchersUntilItEnds() {
        Instant until = now().plus(Duration.ofMinutes(10));
        silence(silence(
                "one",
                until,
                Matcher.of("alertname", true, true, "Task.+"),
                Matcher.of("service_name", true, false, "order"),
                Matcher.of("severity", false, false, "page"),
                Matcher.of("zone", false, true, "eu.*")));

        Silence read = active(now()).getFirst();

        assertThat(active(now())).hasSize(1);
        assertThat(read.comment()).isEqualTo("known fault");
        assertThat(read.owner()).isEqualTo("eve");
        assertThat(read.holds(until.minusSeconds(1))).isTrue();
        assertThat(read.holds(until)).isFalse();
        Map<String, String> labels = Map.of("alertname", "TaskStuck", "service_name", "order");
        assertThat(read.matches(labels)).isTrue();
        assertThat(read.matches(Map.of("alertname", "TaskStuck", "service_name", "user")))
                .isFalse();
        assertThat(read.matches(Map.of("alertname", "XTaskStuck", "service_name", "order")))
                .isFalse();
        assertThat(read.matches(Map.of("alertname", "TaskStuck", "service_name", "order", "severity", "page")))
                .isFalse();
        assertThat(read.matches(Map.of("alertname", "TaskStuck", "service_name", "order", "zone", "eu-1")))
                .isFalse();
    }

    @Test
    void givenSilencesOfSeveralPeople_thenAllAreActive() {
        Instant until = now().plus(Duration.ofMinutes(10));
        silence(silence("one", until, Matcher.of("a", true, false, "1")));
        silence(silence("two", until, Matcher.of("a", true, false, "2")));

        assertThat(active(now())).hasSize(2);
    }
}
