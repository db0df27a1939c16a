package io.selfheal.healer.aws.dynamo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * The writes of one transaction, in order. Each condition that does not hold tells what the item is instead, so that a lost
 * race needs no second read.
 */
final class Writes {
    /** DynamoDB's bounds of one item and of one transaction. */
    static final long MOST_BYTES = 400 * 1024L;

    private static final int MOST_WRITES = 100;
    private static final ReturnValuesOnConditionCheckFailure TELL = ReturnValuesOnConditionCheckFailure.ALL_OLD;

    private final String table;
    private final List<TransactWriteItem> writes = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();

    Writes(String table) {
        this.table = table;
    }

    List<TransactWriteItem> all() {
        return writes;
    }

    /** What it means that the condition of the write of that number did not hold. */
    String lost(int number) {
        return lost.get(number);
    }

    /** A new item; when there is one of that key, the race is lost. */
    Writes put(Item item, String otherwise) {
        return put(item, "attribute_not_exists(pk)", Map.of(), otherwise);
    }

    Writes put(Item item, String condition, Map<String, AttributeValue> values, String otherwise) {
        Put.Builder put = Put.builder()
                .tableName(table)
                .item(checked(item.map()))
                .conditionExpression(condition)
                .returnValuesOnConditionCheckFailure(TELL);
        if (!values.isEmpty()) {
            put.expressionAttributeValues(values);
        }
        return add(TransactWriteItem.builder().put(put.build()).build(), otherwise);
    }

    /** Whatever is there of that key is gone afterwards; nothing depends on its having been there. */
    Writes delete(ItemKey key) {
        Delete delete =
                Delete.builder().tableName(table).key(DynamoTable.primary(key)).build();
        return add(TransactWriteItem.builder().delete(delete).build(), "");
    }

    /** Sets some attributes, takes others away and leaves the rest as it is; both are named. */
    Writes update(ItemKey key, Item set, List<String> remove, String condition, Item values, String otherwise) {
        Map<String, AttributeValue> sets = set.map();
        checked(sets);
        Map<String, String> names = new HashMap<>();
        Map<String, AttributeValue> bound = new HashMap<>(values.map());
        List<String> setting = new ArrayList<>();
        List<String> removing = new ArrayList<>();
        sets.forEach((name, value) -> {
            String short_ = "s" + setting.size();
            bound.put(":" + short_, value);
            setting.add(path(name, names, short_) + " = :" + short_);
        });
        remove.forEach(name -> removing.add(path(name, names, "r" + removing.size())));
        String expression = (setting.isEmpty() ? "" : "SET " + String.join(", ", setting))
                + (removing.isEmpty() ? "" : " REMOVE " + String.join(", ", removing));
        Update update = Update.builder()
                .tableName(table)
                .key(DynamoTable.primary(key))
                .updateExpression(expression)
                .conditionExpression(condition)
                .expressionAttributeNames(names)
                .expressionAttributeValues(bound)
                .returnValuesOnConditionCheckFailure(TELL)
                .build();
        return add(TransactWriteItem.builder().update(update).build(), otherwise);
    }

    /** Names of attributes are always bound: DynamoDB reserves half of the dictionary. A dot goes into a map. */
    private static String path(String name, Map<String, String> names, String short_) {
        String[] parts = name.split("\\.", -1);
        return IntStream.range(0, parts.length)
                .mapToObj(part -> {
                    String bound = "#" + short_ + "_" + part;
                    names.put(bound, parts[part]);
                    return bound;
                })
                .collect(Collectors.joining("."));
    }

    private Writes add(TransactWriteItem write, String otherwise) {
        writes.add(write);
        lost.add(otherwise);
        if (writes.size() > MOST_WRITES) {
            throw new IllegalArgumentException("save: cannot be stored: more than " + MOST_WRITES
                    + " items at a time, which is all that DynamoDB takes in one transaction; give it fewer entries");
        }
        return this;
    }

    private static Map<String, AttributeValue> checked(Map<String, AttributeValue> values) {
        long bytes = Item.bytes(values);
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "save: cannot be stored: the item " + values.get(Keys.PK) + " would have "
                            + bytes + " bytes, DynamoDB takes " + MOST_BYTES
                            + "; its alerts carry too many or too long labels");
        }
        return values;
    }
}
