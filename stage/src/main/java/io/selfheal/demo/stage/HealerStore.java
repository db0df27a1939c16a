package io.selfheal.demo.stage;

import io.selfheal.demo.process.Child;
import io.selfheal.demo.process.ChildFailed;
import io.selfheal.demo.process.Children;
import io.selfheal.demo.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the healer's tables before the healer starts, in a process that ends: what migrates never is in its memory. */
final class HealerStore {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String DYNAMODB = "dynamodb";

    private HealerStore() {}

    /** Throws with the end of its log when it cannot be made. */
    static void migrate(Path root, Map<String, String> environment, Path log) throws ChildFailed {
        List<String> command = new ArrayList<>(Program.HEALER.command(root));
        command.add(DYNAMODB.equals(environment.get("HEALER_STORE")) ? "create-table" : "migrate");
        try (Children alone = new Children()) {
            Child migration = alone.start(new Command("the making of the healer's store", command, environment, log));
            if (!migration.endsWithin(LIMIT) || !migration.endedWell()) {
                throw migration.failure("could not make the healer's tables");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StageFailed("Interrupted while waiting.");
        }
    }
}
