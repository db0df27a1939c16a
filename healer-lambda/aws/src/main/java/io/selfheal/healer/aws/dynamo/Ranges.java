package io.selfheal.healer.aws.dynamo;

import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Parts of partitions, for queries. Bounds are inclusive. */
final class Ranges {
    private Ranges() {}

    /** Of the table itself, as it is now. */
    static Consumer<QueryRequest.Builder> ofTable(String partition, String from, String to) {
        return request -> range(request, Keys.PK, partition, Keys.SK, from, to).consistentRead(true);
    }

    /** All of a partition of the table itself, as it is now. */
    static Consumer<QueryRequest.Builder> whole(String partition) {
        return request -> request.keyConditionExpression("#p = :p")
                .expressionAttributeNames(Map.of("#p", Keys.PK))
                .expressionAttributeValues(Map.of(":p", AttributeValue.fromS(partition)))
                .consistentRead(true);
    }

    /** Of the index, as it was some time ago: usually less than a second. */
    static Consumer<QueryRequest.Builder> ofIndex(String line, String from, String to) {
        return request -> range(request, Keys.LINE, line, Keys.AT, from, to).indexName(Keys.INDEX);
    }

    /** The last first, and no page longer than what is wanted. */
    static Consumer<QueryRequest.Builder> newest(Consumer<QueryRequest.Builder> range, int wanted) {
        return limited(range, wanted).andThen(request -> request.scanIndexForward(false));
    }

    /** No page longer than what is wanted. */
    static Consumer<QueryRequest.Builder> limited(Consumer<QueryRequest.Builder> range, int wanted) {
        return wanted == Integer.MAX_VALUE ? range : range.andThen(request -> request.limit(wanted));
    }

    private static QueryRequest.Builder range(
            QueryRequest.Builder request, String partitionName, String partition, String name, String from, String to) {
        return request.keyConditionExpression("#p = :p AND #s BETWEEN :from AND :to")
                .expressionAttributeNames(Map.of("#p", partitionName, "#s", name))
                .expressionAttributeValues(Map.of(
                        ":p", AttributeValue.fromS(partition),
                        ":from", AttributeValue.fromS(from),
                        ":to", AttributeValue.fromS(to)));
    }
}
