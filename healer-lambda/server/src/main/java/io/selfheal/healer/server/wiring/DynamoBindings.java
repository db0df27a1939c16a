package io.selfheal.healer.server.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.selfheal.healer.audit.StoredHistory;
import io.selfheal.healer.aws.dynamo.DynamoIncidentStore;
import io.selfheal.healer.aws.dynamo.DynamoInterventions;
import io.selfheal.healer.aws.dynamo.DynamoSettings;
import io.selfheal.healer.aws.dynamo.DynamoStoredHistory;
import io.selfheal.healer.aws.dynamo.DynamoStorms;
import io.selfheal.healer.aws.dynamo.DynamoSwitches;
import io.selfheal.healer.aws.dynamo.DynamoTable;
import io.selfheal.healer.control.Interventions;
import io.selfheal.healer.control.Storms;
import io.selfheal.healer.control.Switches;
import io.selfheal.healer.incident.IncidentArchive;
import io.selfheal.healer.incident.IncidentStore;
import io.selfheal.healer.server.config.HealerConfiguration;
import io.selfheal.healer.server.telemetry.StoreWrites;
import io.selfheal.healer.setting.StartRefusedException;
import jakarta.inject.Singleton;

/** The store in DynamoDB, where the operator chose it: otherwise nothing of it is loaded. */
@Factory
@Requires(property = "healer.store", value = "dynamodb")
final class DynamoBindings {

    /** Endpoint, region and credentials come from the SDK's own chain: AWS_ENDPOINT_URL_DYNAMODB, AWS_REGION and so on. */
    @Bean(preDestroy = "close")
    @Singleton
    DynamoTable table(HealerConfiguration.Dynamo dynamo) {
        try {
            return DynamoTable.open(DynamoSettings.ofTable(dynamo.table()));
        } catch (RuntimeException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new StartRefusedException("HEALER_STORE=dynamodb: " + why);
        }
    }

    @Singleton
    IncidentStore store(DynamoTable table, MeterRegistry registry) {
        return new StoreWrites(new DynamoIncidentStore(table), registry);
    }

    @Singleton
    IncidentArchive archive(DynamoTable table) {
        return new DynamoIncidentStore(table);
    }

    @Singleton
    StoredHistory storedHistory(DynamoTable table) {
        return new DynamoStoredHistory(table);
    }

    @Singleton
    Switches switches(DynamoTable table) {
        return new DynamoSwitches(table);
    }

    @Singleton
    Interventions interventions(DynamoTable table) {
        return new DynamoInterventions(table);
    }

    @Singleton
    Storms storms(DynamoTable table) {
        return new DynamoStorms(table);
    }
}
