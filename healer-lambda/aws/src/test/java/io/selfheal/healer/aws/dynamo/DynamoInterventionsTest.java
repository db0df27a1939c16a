package io.selfheal.healer.aws.dynamo;

import io.selfheal.healer.control.Interventions;
import io.selfheal.healer.testkit.InterventionsContract;
import org.junit.jupiter.api.AfterEach;

class DynamoInterventionsTest extends InterventionsContract {
    private final DynamoTable table = DynamoTable.open(LocalDynamo.fresh());
    private final DynamoInterventions interventions = new DynamoInterventions(table);

    @AfterEach
    void close() {
        table.close();
    }

    @Override
    protected Interventions interventions() {
        return interventions;
    }
}
