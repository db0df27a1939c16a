package io.selfheal.healer.aws.dynamo;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.selfheal.healer.testkit.Fixtures.T0;
import static io.selfheal.healer.testkit.Fixtures.incident;
import static io.selfheal.healer.testkit.Fixtures.saving;
import static io.selfheal.healer.testkit.Fixtures.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.incident.StoreUnavailableException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What an operator reads when DynamoDB does not do as it is asked. */
class DynamoFailureTest {
    private final WireMockServer dynamo = new WireMockServer(options().dynamicPort());
    private final DynamoTable table = table();
    private final DynamoIncidentStore store = new DynamoIncidentStore(table);

    private DynamoTable table() {
        dynamo.start();
        return DynamoTable.unchecked(new DynamoSettings(
                        "healer-prod",
                        java.util.Optional.empty(),
                        java.util.Optional.empty(),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(60),
                        2)
                .at(URI.create(dynamo.baseUrl()), "eu-central-1"));
    }

    @AfterEach
    void stop() {
        table.close();
        dynamo.stop();
    }

    private void answers(int status, String code, String message) {
        dynamo.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Content-Type", "application/x-amz-json-1.0")
                        .withBody("{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + code + "\",\"message\":\""
                                + message + "\"}")));
    }

    private record Row(int status, String code, String message, List<String> said) {}

    private static final List<Row> ROWS = List.of(
            new Row(
                    400,
                    "ResourceNotFoundException",
                    "Requested resource not found",
                    List.of("there is no table 'healer-prod'", "create-table")),
            new Row(
                    400,
                    "AccessDeniedException",
                    "User: arn:aws:sts::1:assumed-role/healer/x is not authorized to perform: dynamodb:GetItem on"
                            + " resource: arn:aws:dynamodb:eu-central-1:1:table/healer-prod because no policy allows",
                    List.of(
                            "may not do dynamodb:GetItem",
                            "\"Action\": \"dynamodb:GetItem\", \"Resource\":"
                                    + " \"arn:aws:dynamodb:eu-central-1:1:table/healer-prod\"")),
            new Row(
                    400,
                    "ExpiredTokenException",
                    "The security token included in the request is expired",
                    List.of("credentials have expired", "renew")),
            new Row(
                    400,
                    "UnrecognizedClientException",
                    "The security token included in the request is invalid.",
                    List.of("credentials are not accepted", "is invalid")),
            new Row(
                    400,
                    "InvalidSignatureException",
                    "Signature expired: 20260102T030405Z is now earlier than 20260102T040405Z",
                    List.of("the clock of this machine is off", "Signature expired")),
            new Row(400, "RequestTimeTooSkewed", "too large", List.of("the clock of this machine is off")),
            new Row(
                    400,
                    "ProvisionedThroughputExceededException",
                    "The level of configured provisioned throughput was exceeded",
                    List.of("'healer-prod' is throttled", "PAY_PER_REQUEST")),
            new Row(400, "ThrottlingException", "Rate exceeded", List.of("is throttled", "Rate exceeded")),
            new Row(
                    400,
                    "ValidationException",
                    "The table does not have the specified index: timelines",
                    List.of("is not one of the healer's", "create-table")),
            new Row(500, "InternalServerError", "Internal server error", List.of("a fault of its own", "500")),
            new Row(503, "ServiceUnavailable", "busy", List.of("a fault of its own", "503")));

    @TestFactory
    Stream<DynamicTest> thenTheStoreIsUnavailable_andOneSentenceSaysWhatToDo() {
        return ROWS.stream()
                .map(row -> DynamicTest.dynamicTest(row.code() + " " + row.status(), () -> {
                    dynamo.resetAll();
                    answers(row.status(), row.code(), row.message());
                    for (Runnable call : List.<Runnable>of(
                            () -> store.findOpen(service("order")),
                            () -> store.due(T0, 10),
                            () -> store.ledger(T0),
                            () -> store.openings(T0, 10),
                            () -> store.save(saving(incident("a", service("order"), T0))))) {
                        Throwable failure = catchThrowable(call::run);
                        assertThat(failure).isInstanceOf(StoreUnavailableException.class);
                        row.said().forEach(words -> assertThat(failure).hasMessageContaining(words));
                        assertThat(failure.getMessage()).doesNotContain("\n");
                    }
                }));
    }

    @Test
    void whenTheTableIsMissing_thenPausesAndStormsAreUnknown_soThatNobodyActs() {
        answers(400, "ResourceNotFoundException", "Requested resource not found");

        assertThat(new DynamoSwitches(table).active(T0)).isInstanceOf(Fact.Unknown.class);
        assertThat(new DynamoStorms(table).latch(T0)).isInstanceOf(Fact.Unknown.class);
    }

    @Test
    void whenTheConnectionBreaks_orNobodyListens_thenUnavailable() {
        dynamo.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        assertThatThrownBy(() -> store.findOpen(service("order")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("DynamoDB cannot be asked");
        dynamo.stop();
        assertThatThrownBy(() -> store.findOpen(service("order")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("DynamoDB cannot be asked");
    }

    @Test
    void whenNoAnswerComes_thenUnavailableWithinTheBound() {
        dynamo.stubFor(any(anyUrl()).willReturn(aResponse().withFixedDelay(600_000)));
        try (DynamoTable impatient = DynamoTable.unchecked(DynamoSettings.ofTable("healer-prod")
                .at(URI.create(dynamo.baseUrl()), "eu-central-1")
                .within(Duration.ofMillis(100), Duration.ofMillis(300)))) {
            assertThatThrownBy(() -> new DynamoIncidentStore(impatient).findOpen(service("order")))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("DynamoDB");
        }
    }

    @Test
    void whenATransactionIsThrottled_thenUnavailable_andNotAConflict() {
        dynamo.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(200)
                        .withBody("{}")
                        .withHeader("Content-Type", "application/x-amz-json-1.0")));
        dynamo.stubFor(any(anyUrl())
                .withHeader("X-Amz-Target", com.github.tomakehurst.wiremock.client.WireMock.containing("TransactWrite"))
                .willReturn(aResponse()
                        .withStatus(400)
                        .withBody("{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionCanceledException\","
                                + "\"message\":\"cancelled\",\"CancellationReasons\":[{\"Code\":\"None\"},"
                                + "{\"Code\":\"ThrottlingError\",\"Message\":\"slow\"}]}")
                        .withHeader("Content-Type", "application/x-amz-json-1.0")));

        assertThatThrownBy(() -> store.save(saving(incident("a", service("order"), T0))))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("throttled");
    }

    @Test
    void givenATableOfSomebodyElse_whenOpened_thenRefusedWithWhatItLacks() {
        dynamo.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(200)
                        .withHeader("Content-Type", "application/x-amz-json-1.0")
                        .withBody("{\"Table\":{\"TableName\":\"t\",\"KeySchema\":[{\"AttributeName\":\"id\","
                                + "\"KeyType\":\"HASH\"}]}}")));

        assertThatThrownBy(() -> DynamoTable.open(
                        DynamoSettings.ofTable("theirs").at(URI.create(dynamo.baseUrl()), "us-east-1")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'theirs' is not one of the healer's")
                .hasMessageContaining("its keys are [id], not [pk, sk]")
                .hasMessageContaining("timelines");
    }
}
