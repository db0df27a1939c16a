package io.selfheal.healer.aws.dynamo;

import io.selfheal.healer.control.StormLatch;
import io.selfheal.healer.control.StormLatch.Rearming;
import io.selfheal.healer.control.StormLatch.Storm;
import io.selfheal.healer.control.Storms;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.incident.StoreUnavailableException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * The newest storm in one item of the incidents' table, put on the condition that none stands, or that one does. A token tells
 * an own write whose answer was lost from somebody else's.
 */
public final class DynamoStorms implements Storms {
    private final DynamoTable table;

    public DynamoStorms(DynamoTable table) {
        this.table = table;
    }

    @Override
    public Fact<StormLatch> latch(Instant now) {
        try {
            return new Fact.Known<>(
                    table.get("storms", Keys.STORM).map(DynamoStorms::latch).orElse(StormLatch.NONE), now);
        } catch (StoreUnavailableException unreadable) {
            return new Fact.Unknown<>(String.valueOf(unreadable.getMessage()));
        }
    }

    @Override
    public boolean trip(Storm storm) {
        Item item = Item.at(Keys.STORM)
                .with("standing", "yes")
                .with("since", storm.since())
                .with("what", storm.what());
        return put("trip", item, "attribute_not_exists(standing)");
    }

    @Override
    public boolean rearm(Rearming rearming) {
        Item item = Item.at(Keys.STORM)
                .with("rearmedAt", rearming.at())
                .with("reason", rearming.reason())
                .with("owner", rearming.owner());
        return put("rearm", item, "attribute_exists(standing)");
    }

    private boolean put(String operation, Item item, String condition) {
        String token = UUID.randomUUID().toString();
        item.with(DynamoSave.WRITER, token);
        Consumer<PutItemRequest.Builder> request = put -> put.tableName(table.name())
                .item(item.map())
                .conditionExpression(condition)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        try {
            table.client().putItem(request);
            return true;
        } catch (ConditionalCheckFailedException otherwise) {
            return otherwise.hasItem() && isOurs(Item.of(otherwise.item()), token);
        } catch (SdkException unclear) {
            RuntimeException failure = DynamoFailure.of(operation, table.name(), unclear);
            if (failure instanceof StoreUnavailableException && isOurs(token)) {
                return true;
            }
            throw failure;
        }
    }

    private boolean isOurs(String token) {
        try {
            return table.get("storms", Keys.STORM)
                    .filter(item -> isOurs(item, token))
                    .isPresent();
        } catch (StoreUnavailableException alsoUnclear) {
            return false;
        }
    }

    private static boolean isOurs(Item item, String token) {
        return item.textIfThere(DynamoSave.WRITER).filter(token::equals).isPresent();
    }

    private static StormLatch latch(Item item) {
        return item.has("standing")
                ? new StormLatch(Optional.of(new Storm(item.time("since"), item.text("what"))), Optional.empty())
                : new StormLatch(
                        Optional.empty(),
                        Optional.of(new Rearming(item.time("rearmedAt"), item.text("reason"), item.text("owner"))));
    }
}
