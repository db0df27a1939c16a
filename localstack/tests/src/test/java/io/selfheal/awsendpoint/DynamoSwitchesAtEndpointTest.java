package io.selfheal.awsendpoint;

import io.selfheal.healer.aws.dynamo.DynamoSwitches;
import io.selfheal.healer.aws.dynamo.DynamoTable;
import io.selfheal.healer.control.Switches;
import io.selfheal.healer.testkit.SwitchesContract;
import org.junit.jupiter.api.AfterEach;

@AtAwsEndpoint
class DynamoSwitchesAtEndpointTest extends SwitchesContract {
    private final DynamoTable table = DynamoTable.open(Tables.fresh());

    @AfterEach
    void close() {
        table.close();
    }

    @Override
    protected Switches switches() {
        return new DynamoSwitches(table);
    }
}
