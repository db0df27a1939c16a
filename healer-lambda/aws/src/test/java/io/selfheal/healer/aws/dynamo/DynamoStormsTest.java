package io.selfheal.healer.aws.dynamo;

import io.selfheal.healer.control.Storms;
import io.selfheal.healer.testkit.StormsContract;
import org.junit.jupiter.api.AfterEach;

class DynamoStormsTest extends StormsContract {
    private final DynamoTable table = DynamoTable.open(LocalDynamo.fresh());
    private final DynamoStorms storms = new DynamoStorms(table);

    @AfterEach
    void close() {
        table.close();
    }

    @Override
    protected Storms storms() {
        return storms;
    }
}
