package io.selfheal.healer.aws.dynamo;

import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The one wake-up that stands, for healers that do not watch by themselves: one item in the healer's table, so that of any
 * number of them that want to be woken one asks for it.
 */
public final class DynamoWakeUps {
    private static final int KEPT_DAYS = 7;
    private static final String WAKES_AT = "wakesAt";

    private final DynamoTable table;

    public DynamoWakeUps(DynamoTable table) {
        this.table = table;
    }

    /**
     * Whether the caller is to ask for a wake-up at that time: none stands that is still to come, or only a later one. From then
     * on this one stands, whether it comes or not; once its time is over it keeps nobody from asking again.
     *
     * @throws io.selfheal.healer.incident.StoreUnavailableException when that cannot be told
     */
    public boolean claim(Instant due, Instant now) {
        Map<String, AttributeValue> item = Item.at(Keys.WAKE_UP)
                .with(WAKES_AT, due)
                .with(Keys.EXPIRES, Keys.expires(due, KEPT_DAYS))
                .map();
        Map<String, AttributeValue> values = Map.of(
                ":now", AttributeValue.fromS(Keys.time(now)),
                ":due", AttributeValue.fromS(Keys.time(due)));
        try {
            table.client().putItem(request -> request.tableName(table.name())
                    .item(item)
                    .conditionExpression("attribute_not_exists(wakesAt) OR wakesAt <= :now OR wakesAt > :due")
                    .expressionAttributeValues(values));
            return true;
        } catch (ConditionalCheckFailedException stands) {
            return false;
        } catch (SdkException failure) {
            throw DynamoFailure.of("wake-up", table.name(), failure);
        }
    }
}
