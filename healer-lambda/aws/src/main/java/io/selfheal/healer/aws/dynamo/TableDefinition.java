package io.selfheal.healer.aws.dynamo;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.json.JsonTrees;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * The table as data: {@code table.json} beside this class, in the words of CloudFormation's AWS::DynamoDB::Table, so that whoever
 * makes the table, the command {@code create-table} or an infrastructure stack, makes the same.
 */
public final class TableDefinition {
    /** Ends every sentence about a table that is not there or not the right one. */
    static final String HOW_TO_MAKE =
            "make it with: java -jar healer-server.jar create-table (HEALER_DYNAMO_TABLE, AWS_REGION)";

    private final JsonNode properties;

    private TableDefinition(JsonNode properties) {
        this.properties = properties;
    }

    public static TableDefinition load() {
        return new TableDefinition(read());
    }

    /** The properties of the resource AWS::DynamoDB::Table, without its name. */
    public static String json() {
        try (InputStream file = TableDefinition.class.getResourceAsStream("table.json")) {
            if (file == null) {
                throw new IllegalStateException("table.json is missing from the jar");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    CreateTableRequest create(String table) {
        return CreateTableRequest.builder()
                .tableName(table)
                .billingMode(properties.path("BillingMode").asText())
                .attributeDefinitions(attributes())
                .keySchema(keys(properties))
                .globalSecondaryIndexes(indexes())
                .build();
    }

    String expiryAttribute() {
        return properties.path("TimeToLiveSpecification").path("AttributeName").asText();
    }

    /** What a table lacks to be one of the healer's; empty: nothing. */
    List<String> missingFrom(TableDescription table) {
        List<String> missing = new ArrayList<>();
        if (!table.keySchema().equals(keys(properties))) {
            missing.add("its keys are " + names(table.keySchema()) + ", not " + names(keys(properties)));
        }
        for (GlobalSecondaryIndex index : indexes()) {
            boolean there = table.globalSecondaryIndexes().stream()
                    .anyMatch(one -> one.indexName().equals(index.indexName())
                            && one.keySchema().equals(index.keySchema()));
            if (!there) {
                missing.add("the index " + index.indexName() + " " + names(index.keySchema()) + " is missing");
            }
        }
        return missing;
    }

    private static List<String> names(List<KeySchemaElement> keys) {
        return keys.stream().map(KeySchemaElement::attributeName).toList();
    }

    private List<AttributeDefinition> attributes() {
        List<AttributeDefinition> attributes = new ArrayList<>();
        properties
                .path("AttributeDefinitions")
                .forEach(one -> attributes.add(AttributeDefinition.builder()
                        .attributeName(one.path("AttributeName").asText())
                        .attributeType(one.path("AttributeType").asText())
                        .build()));
        return attributes;
    }

    private static List<KeySchemaElement> keys(JsonNode of) {
        List<KeySchemaElement> keys = new ArrayList<>();
        of.path("KeySchema")
                .forEach(one -> keys.add(KeySchemaElement.builder()
                        .attributeName(one.path("AttributeName").asText())
                        .keyType(one.path("KeyType").asText())
                        .build()));
        return keys;
    }

    private List<GlobalSecondaryIndex> indexes() {
        List<GlobalSecondaryIndex> indexes = new ArrayList<>();
        for (JsonNode one : properties.path("GlobalSecondaryIndexes")) {
            JsonNode projection = one.path("Projection");
            List<String> included = new ArrayList<>();
            projection.path("NonKeyAttributes").forEach(name -> included.add(name.asText()));
            indexes.add(GlobalSecondaryIndex.builder()
                    .indexName(one.path("IndexName").asText())
                    .keySchema(keys(one))
                    .projection(Projection.builder()
                            .projectionType(projection.path("ProjectionType").asText())
                            .nonKeyAttributes(included)
                            .build())
                    .build());
        }
        return indexes;
    }

    private static JsonNode read() {
        try {
            return JsonTrees.read(json());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException("table.json is not JSON", e);
        }
    }
}
