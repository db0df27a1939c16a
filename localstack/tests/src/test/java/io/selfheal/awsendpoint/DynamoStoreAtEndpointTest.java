package io.selfheal.awsendpoint;

import io.selfheal.healer.audit.StoredHistory;
import io.selfheal.healer.aws.dynamo.DynamoIncidentStore;
import io.selfheal.healer.aws.dynamo.DynamoSettings;
import io.selfheal.healer.aws.dynamo.DynamoStoredHistory;
import io.selfheal.healer.aws.dynamo.DynamoTable;
import io.selfheal.healer.incident.IncidentArchive;
import io.selfheal.healer.incident.IncidentStore;
import io.selfheal.healer.testkit.IncidentStoreContract;
import org.junit.jupiter.api.AfterEach;

/** The contract again, through somebody else's front: the archive is read by another client than writes. */
@AtAwsEndpoint(localStackOnly = true)
class DynamoStoreAtEndpointTest extends IncidentStoreContract {
    private final DynamoSettings settings = Tables.fresh();
    private final DynamoTable table = DynamoTable.open(settings);
    private final DynamoTable tableOfReader = DynamoTable.open(settings);

    @AfterEach
    void close() {
        tableOfReader.close();
        table.close();
    }

    @Override
    protected IncidentStore store() {
        return new DynamoIncidentStore(table);
    }

    @Override
    protected IncidentArchive archive() {
        return new DynamoIncidentStore(tableOfReader);
    }

    @Override
    protected StoredHistory stored() {
        return new DynamoStoredHistory(tableOfReader);
    }
}
