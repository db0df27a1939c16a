package io.selfheal.healer.aws.dynamo;

import io.selfheal.healer.control.Switches;
import io.selfheal.healer.testkit.SwitchesContract;
import org.junit.jupiter.api.AfterEach;

class DynamoSwitchesTest extends SwitchesContract {
    private final DynamoTable table = DynamoTable.open(LocalDynamo.fresh());
    private final DynamoSwitches switches = new DynamoSwitches(table);

    @AfterEach
    void close() {
        table.close();
    }

    @Override
    protected Switches switches() {
        return switches;
    }
}
