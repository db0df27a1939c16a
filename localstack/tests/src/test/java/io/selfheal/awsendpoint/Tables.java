package io.selfheal.awsendpoint;

import io.selfheal.healer.aws.dynamo.DynamoSettings;
import io.selfheal.healer.aws.dynamo.DynamoTable;
import java.time.Duration;
import java.util.UUID;

/** Tables of the healer at the endpoint. */
final class Tables {

    private Tables() {}

    /** A new, empty one. The machine may be busy: no verdict here depends on how quick it is. */
    static DynamoSettings fresh() {
        DynamoSettings settings = DynamoSettings.ofTable("selfheal-" + UUID.randomUUID())
                .at(AwsEndpoint.get().uri(), AwsEndpoint.REGION)
                .within(Duration.ofSeconds(30), Duration.ofSeconds(60));
        DynamoTable.create(settings);
        return settings;
    }
}
