package io.selfheal.healer.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.selfheal.healer.control.Pause;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The handbook tells how a person lays a pause into the table without a healer's help: the healer obeys what is written there. */
class PauseByHandTest {
    private static final Path HANDBOOK = Path.of("../../docs/handbook.md");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Instant BEGUN = Instant.parse("2026-11-23T10:00:00Z");
    private static final Instant OVER = Instant.parse("2026-11-23T11:00:00Z");

    private final DynamoTable table = DynamoTable.open(LocalDynamo.fresh());
    private final DynamoSwitches switches = new DynamoSwitches(table);

    @AfterEach
    void close() {
        table.close();
    }

    @Test
    void givenTheItemOfTheHandbook_thenTheHealerIsPausedUntilThenAndNoLonger() throws IOException {
        Map<String, AttributeValue> item = shown("put-item", "--item");
        table.client().putItem(request -> request.tableName(table.name()).item(item));

        assertThat(switches.active(OVER.minusMillis(1)))
                .isEqualTo(new Fact.Known<>(
                        List.of(new Pause(
                                Optional.of(ServiceId.parse("selfheal/order")), "migration", "ann", BEGUN, OVER)),
                        OVER.minusMillis(1)));
        assertThat(switches.active(OVER)).isEqualTo(new Fact.Known<>(List.of(), OVER));
    }

    @Test
    void givenTheKeyOfTheHandbook_whenItIsDeleted_thenTheHealerGoesOn() throws IOException {
        switches.pause(new Pause(Optional.of(ServiceId.parse("selfheal/order")), "migration", "ann", BEGUN, OVER));

        Map<String, AttributeValue> key = shown("delete-item", "--key");
        table.client().deleteItem(request -> request.tableName(table.name()).key(key));

        assertThat(switches.active(BEGUN)).isEqualTo(new Fact.Known<>(List.of(), BEGUN));
    }

    private static Map<String, AttributeValue> shown(String command, String option) throws IOException {
        Matcher found = Pattern.compile(
                        "aws dynamodb " + command + " [^']*" + option + "\\s+'(\\{[^']*})'", Pattern.DOTALL)
                .matcher(Files.readString(HANDBOOK));
        assertThat(found.find()).as("the handbook's %s", command).isTrue();
        return MAPPER.readTree(found.group(1)).properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        attribute -> AttributeValue.fromS(
                                attribute.getValue().required("S").asText())));
    }
}
