package io.selfheal.healer.aws.dynamo;

import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Makes the healer's table and tells whether one is it. Each step may be repeated. */
final class TableSetup {
    private final TableDefinition definition = TableDefinition.load();
    private final DynamoTable table;

    TableSetup(DynamoTable table) {
        this.table = table;
    }

    /** Throws {@link IllegalStateException} when the table is somebody else's. */
    void check(String operation) {
        List<String> missing = definition.missingFrom(
                table.call(operation, client -> client.describeTable(request -> request.tableName(table.name())))
                        .table());
        if (!missing.isEmpty()) {
            throw new IllegalStateException("table '" + table.name() + "' is not one of the healer's: "
                    + String.join(", ", missing) + "; choose another name and " + TableDefinition.HOW_TO_MAKE);
        }
    }

    boolean create() {
        boolean made = make();
        table.call("create table", client -> {
            try (var waiter = client.waiter()) {
                return waiter.waitUntilTableExists(request -> request.tableName(table.name()));
            }
        });
        check("create table");
        cleanUp();
        return made;
    }

    private boolean make() {
        try {
            table.client().createTable(definition.create(table.name()));
            return true;
        } catch (ResourceInUseException there) {
            return false;
        } catch (SdkException failure) {
            throw DynamoFailure.of("create table", table.name(), failure);
        }
    }

    /** Also on a table that was there: who made it may have been stopped before this. */
    private void cleanUp() {
        TimeToLiveStatus status = table.call(
                        "create table", client -> client.describeTimeToLive(request -> request.tableName(table.name())))
                .timeToLiveDescription()
                .timeToLiveStatus();
        if (status == TimeToLiveStatus.ENABLED || status == TimeToLiveStatus.ENABLING) {
            return;
        }
        table.call(
                "create table",
                client -> client.updateTimeToLive(request -> request.tableName(table.name())
                        .timeToLiveSpecification(ttl ->
                                ttl.attributeName(definition.expiryAttribute()).enabled(true))));
    }
}
