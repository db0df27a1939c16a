package io.selfheal.embedded.engine;

import io.selfheal.embedded.state.Deployment;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes identifiers that look like AWS' own. */
public final class Ids {
    private static final int TASK_BYTES = 16;
    private static final int SERVICE_DEPLOYMENT_BYTES = 15;
    private static final long DEPLOYMENT_BOUND = 10_000_000_000_000_000L;
    private static final long REVISION_FROM = 1_000_000_000_000_000_000L;

    private final RandomGenerator random;

    public Ids(RandomGenerator random) {
        this.random = random;
    }

    String task() {
        byte[] bytes = new byte[TASK_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    Deployment.Identity deployment() {
        byte[] bytes = new byte[SERVICE_DEPLOYMENT_BYTES];
        random.nextBytes(bytes);
        return new Deployment.Identity(
                "ecs-svc/%019d".formatted(random.nextLong(DEPLOYMENT_BOUND)),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                Long.toString(random.nextLong(REVISION_FROM, Long.MAX_VALUE)));
    }

    String targetGroup() {
        return task().substring(0, 16);
    }

    public String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
