package io.selfheal.healer.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.json.JsonTrees;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

class TableDefinitionTest {

    @Test
    void givenTheDefinition_whenTheTableIsMade_thenItIsWhatTheStoreAsksFor_andMadeOnce() {
        DynamoSettings settings = LocalDynamo.settings();

        assertThat(DynamoTable.create(settings)).isTrue();
        assertThat(DynamoTable.create(settings)).isFalse();
        try (DynamoTable table = DynamoTable.open(settings)) {
            var ttl = table.client()
                    .describeTimeToLive(request -> request.tableName(settings.table()))
                    .timeToLiveDescription();
            assertThat(ttl.attributeName()).isEqualTo(Keys.EXPIRES);
            assertThat(ttl.timeToLiveStatus()).isIn(TimeToLiveStatus.ENABLED, TimeToLiveStatus.ENABLING);
        }
    }

    @Test
    void thenItNamesTheKeysThatTheStoreWrites() throws Exception {
        JsonNode table = JsonTrees.read(TableDefinition.json());

        assertThat(names(table.path("KeySchema"), "AttributeName")).containsExactly(Keys.PK, Keys.SK);
        assertThat(table.path("GlobalSecondaryIndexes")).hasSize(1).first().satisfies(index -> {
            assertThat(index.path("IndexName").asText()).isEqualTo(Keys.INDEX);
            assertThat(names(index.path("KeySchema"), "AttributeName")).containsExactly(Keys.LINE, Keys.AT);
        });
    }

    @Test
    void whenThereIsNoTable_thenOpeningSaysWhichAndHowToMakeIt() {
        DynamoSettings settings = LocalDynamo.settings();

        assertThatThrownBy(() -> DynamoTable.open(settings))
                .hasMessageContaining("there is no table '" + settings.table() + "'")
                .hasMessageContaining("create-table");
    }

    private static List<String> names(JsonNode list, String field) {
        return list.valueStream().map(one -> one.path(field).asText()).toList();
    }
}
