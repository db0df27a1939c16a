package io.selfheal.healer.simulation;

import java.util.List;
import java.util.Random;

/** What is left to chance, all from one seed. Stops when the world is to calm down. */
final class Chance {
    private final Random random;
    private boolean calm;

    Chance(Random random) {
        this.random = random;
    }

    void calm() {
        calm = true;
    }

    /** Whether something unlikely happens, by its chance in 10,000. Never after the calm has come. */
    boolean hits(int tenThousandths) {
        return tenThousandths > 0 && !calm && random.nextInt(10_000) < tenThousandths;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    int between(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
