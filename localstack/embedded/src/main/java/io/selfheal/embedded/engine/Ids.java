package io.selfheal.embedded.engine;

import java.util.HexFormat;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes identifiers that look like AWS' own. */
public final class Ids {
    private static final int TASK_BYTES = 16;
    private static final long DEPLOYMENT_BOUND = 10_000_000_000_000_000L;

    private final RandomGenerator random;

    public Ids(RandomGenerator random) {
        this.random = random;
    }

    String task() {
        byte[] bytes = new byte[TASK_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    String deployment() {
        return "ecs-svc/%019d".formatted(random.nextLong(DEPLOYMENT_BOUND));
    }

    public String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
