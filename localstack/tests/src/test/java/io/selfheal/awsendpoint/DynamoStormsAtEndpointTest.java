package io.selfheal.awsendpoint;

import io.selfheal.healer.aws.dynamo.DynamoStorms;
import io.selfheal.healer.aws.dynamo.DynamoTable;
import io.selfheal.healer.control.Storms;
import io.selfheal.healer.testkit.StormsContract;
import org.junit.jupiter.api.AfterEach;

@AtAwsEndpoint
class DynamoStormsAtEndpointTest extends StormsContract {
    private final DynamoTable table = DynamoTable.open(Tables.fresh());

    @AfterEach
    void close() {
        table.close();
    }

    @Override
    protected Storms storms() {
        return new DynamoStorms(table);
    }
}
