package io.selfheal.healer.incident;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.selfheal.healer.testkit.RandomIncidents;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever may write the store can write anything: it is read as what it says, or refused as the codec promises. */
class StoredFuzzTest {

    static Stream<Arguments> seeds() {
        RandomIncidents random = new RandomIncidents(1);
        return Stream.generate(random::incident)
                .limit(6)
                .flatMap(incident ->
                        Stream.of(IncidentCodec.write(incident), IncidentCodec.write(random.entry(incident))))
                .map(text -> Arguments.of((Object) text.getBytes(StandardCharsets.UTF_8)));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "5m")
    void whatIsStoredIsReadOrRefused(byte[] stored) {
        String text = new String(stored, StandardCharsets.UTF_8);
        read(IncidentCodec::readIncident, text)
                .ifPresent(incident -> assertThat(IncidentCodec.readIncident(IncidentCodec.write(incident)))
                        .isEqualTo(incident));
        read(IncidentCodec::readEntry, text)
                .ifPresent(entry -> assertThat(IncidentCodec.readEntry(IncidentCodec.write(entry)))
                        .isEqualTo(entry));
    }

    private static <T> Optional<T> read(Function<String, T> codec, String text) {
        try {
            return Optional.of(codec.apply(text));
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageMatching("(?s).*\\S.*");
            return Optional.empty();
        }
    }
}
