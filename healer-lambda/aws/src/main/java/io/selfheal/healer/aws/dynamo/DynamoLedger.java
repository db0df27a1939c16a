package io.selfheal.healer.aws.dynamo;

import io.selfheal.healer.incident.ActionRecord;
import io.selfheal.healer.incident.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Reads the ledger as of one moment though DynamoDB has no snapshot of several items: the version is the number of the last
 * action, and every number below it must be there, down to where the window begins. A gap is a claim that is just being
 * written, or an action that somebody took away; no budget can be reckoned from it.
 */
final class DynamoLedger {
    /** Healers' clocks may differ by this much: so far beyond the window's beginning an action may still be in it. */
    private static final Duration CLOCKS = Duration.ofMinutes(10);

    private static final int PAGE = 100;
    private static final int MOST_READINGS = 4;
    private static final long PAUSE_MILLIS = 25;

    private final DynamoTable table;

    DynamoLedger(DynamoTable table) {
        this.table = table;
    }

    Ledger since(Instant since) {
        long missing = 0;
        for (int reading = 1; reading <= MOST_READINGS; reading++) {
            // First the version: an action that comes after it is read makes a claim on the version conflict.
            Optional<Item> head = table.get("ledger", Keys.LEDGER_HEAD);
            long version = head.map(item -> item.number("version")).orElse(0L);
            boolean quiet = head.map(item -> item.time("claimedAt"))
                    .map(at -> tooOld(at, since))
                    .orElse(true);
            List<ActionRecord> actions = new ArrayList<>();
            missing = quiet ? 0 : read(version, since, actions);
            if (missing == 0) {
                return new Ledger(version, actions.reversed());
            }
            pause();
        }
        throw DynamoFailure.unavailable(
                "ledger",
                "action " + missing + " is missing from the ledger, so nobody can tell what budget is left",
                new IllegalStateException("gap"));
    }

    /** Adds the actions of the window, the last first. Answers the number that is missing; 0: none is. */
    private long read(long version, Instant since, List<ActionRecord> actions) {
        long expected = version;
        while (expected > 0) {
            List<Item> page = table.query("ledger", upTo(expected), PAGE);
            if (page.isEmpty()) {
                return expected;
            }
            for (Item item : page) {
                if (!item.text(Keys.SK).equals(Keys.action(expected).sk())) {
                    return expected;
                }
                ActionRecord action = IncidentItems.action(item);
                if (tooOld(action.at(), since)) {
                    return 0;
                }
                if (!action.at().isBefore(since)) {
                    actions.add(action);
                }
                expected--;
            }
        }
        return 0;
    }

    private static Consumer<QueryRequest.Builder> upTo(long number) {
        String partition = Keys.LEDGER_HEAD.pk();
        return Ranges.newest(
                Ranges.ofTable(partition, Keys.ACTION, Keys.action(number).sk()), PAGE);
    }

    private static boolean tooOld(Instant at, Instant since) {
        return at.isBefore(since.minus(CLOCKS));
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw DynamoFailure.unavailable("ledger", "interrupted while waiting for DynamoDB", stopped);
        }
    }
}
