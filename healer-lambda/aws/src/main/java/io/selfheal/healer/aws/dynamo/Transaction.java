package io.selfheal.healer.aws.dynamo;

import io.selfheal.healer.incident.StoreUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Carries the writes of a save out, all or none. The token is the request's idempotency token too: DynamoDB carries a repeated
 * request out once. Where its answer is lost all the same, the token in the incident's item tells whether it was carried out.
 */
final class Transaction {
    private static final String CONDITION = "ConditionalCheckFailed";
    private static final String COLLISION = "TransactionConflict";
    private static final Set<String> THROTTLED = Set.of("ThrottlingError", "ProvisionedThroughputExceeded");
    /** Two saves that touch one item at the same moment, for example the ledger's: one goes on, the other has to try again. */
    private static final int MOST_ATTEMPTS = 8;

    private static final int FIRST_PAUSE_MILLIS = 10;

    private final DynamoTable table;
    private final ItemKey marked;
    private final String token;

    /** Marked is the key of the item that carries the token. */
    Transaction(DynamoTable table, ItemKey marked, String token) {
        this.table = table;
        this.marked = marked;
        this.token = token;
    }

    private sealed interface Attempt {
        record Done() implements Attempt {}

        record Lost(String what) implements Attempt {}

        /** Nothing was written; the next attempt may succeed. */
        record Collided(TransactionCanceledException why) implements Attempt {}
    }

    /** Empty: they are carried out. Otherwise what was there instead, and nothing is written. */
    Optional<String> run(Writes writes) {
        TransactWriteItemsRequest request = TransactWriteItemsRequest.builder()
                .transactItems(writes.all())
                .clientRequestToken(token)
                .build();
        for (int attempt = 1; ; attempt++) {
            switch (attempt(request, writes)) {
                case Attempt.Done() -> {
                    return Optional.empty();
                }
                case Attempt.Lost(String what) -> {
                    return Optional.of(what);
                }
                case Attempt.Collided(TransactionCanceledException why) -> {
                    if (attempt == MOST_ATTEMPTS) {
                        return Optional.of(givenUp(why));
                    }
                    pause(attempt);
                }
            }
        }
    }

    private Attempt attempt(TransactWriteItemsRequest request, Writes writes) {
        try {
            table.client().transactWriteItems(request);
            return new Attempt.Done();
        } catch (TransactionCanceledException cancelled) {
            return cancelled(cancelled, writes);
        } catch (SdkException unclear) {
            RuntimeException failure = DynamoFailure.of("save", table.name(), unclear);
            if (failure instanceof StoreUnavailableException && isOurs()) {
                return new Attempt.Done();
            }
            throw failure;
        }
    }

    /** Whether it was carried out although no answer came. Not to be told: then nothing may be acknowledged. */
    private boolean isOurs() {
        try {
            return table.get("save", marked)
                    .flatMap(item -> item.textIfThere(DynamoSave.WRITER))
                    .filter(token::equals)
                    .isPresent();
        } catch (StoreUnavailableException alsoUnclear) {
            return false;
        }
    }

    private Attempt cancelled(TransactionCanceledException cancelled, Writes writes) {
        List<CancellationReason> reasons = cancelled.cancellationReasons();
        for (int i = 0; i < reasons.size(); i++) {
            CancellationReason reason = reasons.get(i);
            if (CONDITION.equals(reason.code())) {
                return written(reasons) ? new Attempt.Done() : new Attempt.Lost(writes.lost(i) + instead(reason));
            }
        }
        boolean passes = reasons.stream()
                .map(CancellationReason::code)
                .anyMatch(code -> COLLISION.equals(code) || THROTTLED.contains(code));
        if (passes) {
            return new Attempt.Collided(cancelled);
        }
        throw refused(cancelled, reasons);
    }

    /** An earlier attempt of this very save was carried out: the incident's item is what it wrote. */
    private boolean written(List<CancellationReason> reasons) {
        return reasons.stream()
                .filter(CancellationReason::hasItem)
                .map(reason -> Item.of(reason.item()))
                .anyMatch(item -> item.textIfThere(DynamoSave.WRITER)
                        .filter(token::equals)
                        .isPresent());
    }

    private static String instead(CancellationReason reason) {
        if (!reason.hasItem() || reason.item().isEmpty()) {
            return ", there is none";
        }
        Item item = Item.of(reason.item());
        return item.has("version") ? ", it is at " + item.number("version") : "";
    }

    private String givenUp(TransactionCanceledException why) {
        boolean throttled = why.cancellationReasons().stream().anyMatch(reason -> THROTTLED.contains(reason.code()));
        if (throttled) {
            throw DynamoFailure.unavailable(
                    "save",
                    "table '" + table.name() + "' is throttled; it passes, or the table needs on-demand capacity"
                            + " (BillingMode PAY_PER_REQUEST)",
                    why);
        }
        return "somebody else saves at the same time, " + MOST_ATTEMPTS + " times in a row";
    }

    private static RuntimeException refused(TransactionCanceledException why, List<CancellationReason> reasons) {
        String said = reasons.stream()
                .filter(reason -> reason.message() != null)
                .map(reason -> reason.code() + ": " + reason.message())
                .findFirst()
                .orElse(String.valueOf(why.getMessage()));
        return new IllegalArgumentException("save: cannot be stored: " + said, why);
    }

    /** Full jitter, so that those who collided do not meet again. */
    private static void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong((long) FIRST_PAUSE_MILLIS << Math.min(attempt, 5)) + 1);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw DynamoFailure.unavailable("save", "interrupted while waiting for DynamoDB", stopped);
        }
    }
}
