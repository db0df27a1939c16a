package io.selfheal.healer.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private final Deque<Runnable> started = new ArrayDeque<>();
    private final List<Set<String>> read = new ArrayList<>();
    private final Rounds<String, Integer> rounds = new Rounds<>(3, 1, started::add, this::comeLate, this::read);

    private final Deque<String> late = new ArrayDeque<>();

    private void comeLate() {
        for (String key : late) {
            var unused = rounds.ask(key, false);
        }
        late.clear();
    }

    private Map<String, Integer> read(Set<String> keys) {
        read.add(Set.copyOf(keys));
        if (keys.contains("broken")) {
            throw new IllegalStateException("broken");
        }
        Map<String, Integer> answers = new HashMap<>();
        keys.stream().filter(key -> !key.equals("missing")).forEach(key -> answers.put(key, read.size()));
        return answers;
    }

    private List<CompletableFuture<Integer>> askFor(String... keys) {
        return Stream.of(keys).map(key -> rounds.ask(key, false)).toList();
    }

    @Test
    void whenManyAskBeforeARoundBegins_thenTheyShareIt_andTheRestGoesIntoTheNext() {
        CompletableFuture<Integer> one = rounds.ask("a", false);
        CompletableFuture<Integer> same = rounds.ask("a", false);
        List<CompletableFuture<Integer>> others = askFor("b", "c", "d");
        started.remove().run();

        assertThat(others).allMatch(CompletableFuture::isDone);
        assertThat(started).isEmpty();
        assertThat(one).isSameAs(same).isCompletedWithValue(1);
        assertThat(read).containsExactly(Set.of("a", "b", "c"), Set.of("d"));
    }

    @Test
    void whenSomebodyIsInAHurry_thenTheyComeFirst_alsoWhereOthersAskedForTheSame() {
        List<CompletableFuture<Integer>> patient = askFor("a", "b", "c", "d");
        CompletableFuture<Integer> asked = rounds.ask("d", true);
        CompletableFuture<Integer> alone = rounds.ask("e", true);
        started.remove().run();

        assertThat(read).containsExactly(Set.of("d", "e", "a"), Set.of("b", "c"));
        assertThat(asked).isSameAs(patient.getLast()).isCompletedWithValue(1);
        assertThat(alone).isCompletedWithValue(1);
    }

    @Test
    void whenSomebodyAsksWhileARoundReads_thenTheyGetWhatIsReadAfter() {
        List<CompletableFuture<Integer>> later = new ArrayList<>();
        Rounds<String, Integer> meanwhile = new Rounds<>(3, 1, started::add, () -> {}, keys -> {
            read.add(Set.copyOf(keys));
            if (read.size() == 1) {
                later.add(askAgain());
            }
            return Map.of("a", read.size());
        });
        again = meanwhile;
        CompletableFuture<Integer> first = meanwhile.ask("a", false);
        started.remove().run();

        assertThat(first).isCompletedWithValue(1);
        assertThat(later.getFirst()).isCompletedWithValue(2);
    }

    private Rounds<String, Integer> again = rounds;

    private CompletableFuture<Integer> askAgain() {
        return again.ask("a", false);
    }

    @Test
    void whenOthersAskInTheMomentAfterARound_thenTheyShareTheNext_andTheFirstDidNotWaitForThem() {
        CompletableFuture<Integer> alone = rounds.ask("a", false);
        late.addAll(List.of("b", "c"));
        started.remove().run();

        assertThat(alone).isCompletedWithValue(1);
        assertThat(read).containsExactly(Set.of("a"), Set.of("b", "c"));
        assertThat(started).isEmpty();
    }

    @Test
    void whenARoundFails_thenAllInItFail_andTheNextIsNotHeldUp() {
        CompletableFuture<Integer> failed = rounds.ask("broken", false);
        CompletableFuture<Integer> missing = rounds.ask("missing", false);
        started.remove().run();
        CompletableFuture<Integer> next = rounds.ask("missing", false);
        CompletableFuture<Integer> well = rounds.ask("a", false);
        started.remove().run();

        assertThat(failed).isCompletedExceptionally();
        assertThat(missing).isCompletedExceptionally();
        assertThat(next).isCompletedExceptionally();
        assertThat(well).isCompletedWithValue(2);
    }
}
