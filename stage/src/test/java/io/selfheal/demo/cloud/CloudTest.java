package io.selfheal.demo.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Against answers on paper, since what LocalStack answers is shown by the demo itself. */
class CloudTest {

    private static final String NOTIFICATION = "{\"Type\":\"Notification\",\"Subject\":\"ALARM: errors\","
            + "\"Message\":\"{\\\"AlarmName\\\":\\\"errors\\\",\\\"NewStateValue\\\":\\\"ALARM\\\"}\"}";

    private final HttpServer server;
    private final URI uri;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger healerAnswers = new AtomicInteger(202);
    private final AtomicReference<String> toHealer = new AtomicReference<>("");

    CloudTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        server.createContext("/", this::aws);
        server.createContext("/signals/cloudwatch", exchange -> {
            toHealer.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            answer(exchange, healerAnswers.get(), "{}");
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void aws(HttpExchange exchange) throws IOException {
        String form = URLDecoder.decode(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        String action = form.replaceAll("Action=(\\w+)&.*", "$1");
        calls.add(action);
        String body =
                switch (action) {
                    case "CreateTopic" -> "<TopicArn>arn:aws:sns:us-east-1:000000000000:t</TopicArn>";
                    case "CreateQueue" -> "<QueueUrl>" + uri + "/q</QueueUrl>";
                    case "ReceiveMessage" ->
                        "<Message><MessageId>m</MessageId><ReceiptHandle>r</ReceiptHandle><Body>"
                                + NOTIFICATION.replace("\"", "&quot;") + "</Body></Message>";
                    case "DescribeAlarms" ->
                        "<member><StateValue>OK</StateValue><StateReason>fine</StateReason></member>";
                    default -> "";
                };
        answer(exchange, 200, "<Answer>" + body + "</Answer>");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Nested
    class GivenAnAlarmsQueue {

        @Test
        void whenTheHealerTakesTheMessage_thenItIsDeleted_andReachedItAsAnEventOfTheQueue() {
            Cloud cloud = Cloud.create(uri, "selfheal", "order", "t");

            assertThat(cloud.deliver(uri, "token")).containsExactly(new Cloud.Delivered("ALARM: errors", "ALARM", 202));

            assertThat(calls).contains("DeleteMessage");
            assertThat(toHealer.get())
                    .contains("\"eventSource\":\"aws:sqs\"")
                    .contains("\\\"Type\\\":\\\"Notification\\\"");
        }

        @Test
        void whenTheHealerCannotSaveIt_thenItStaysInTheQueue() {
            healerAnswers.set(503);
            Cloud cloud = Cloud.create(uri, "selfheal", "order", "t");

            assertThat(cloud.deliver(uri, "token"))
                    .extracting(Cloud.Delivered::answer)
                    .containsExactly(503);

            assertThat(calls).doesNotContain("DeleteMessage");
        }
    }

    @Test
    void whenTheAlarmIsRead_thenItsStateAndWhyAreTold() {
        assertThat(Cloud.create(uri, "selfheal", "order", "t").state()).isEqualTo(new Cloud.AlarmState("OK", "fine"));
    }

    @Test
    void givenSomethingElseAtTheEndpoint_whenLookedFor_thenRefusedWithWhatToDo() {
        server.createContext("/_localstack/health", exchange -> answer(exchange, 404, ""));

        assertThatThrownBy(() -> LocalStack.find(Path.of("."), uri.toString(), 4566, what -> {}))
                .isInstanceOf(CloudFailed.class)
                .hasMessageContaining("no LocalStack answers at " + uri + "/_localstack/health");
    }

    @Test
    void givenNobodyThere_whenAsked_thenTheActionAndTheEndpointAreNamed() {
        server.stop(0);

        assertThatThrownBy(() -> Cloud.create(uri, "selfheal", "order", "t"))
                .isInstanceOf(CloudFailed.class)
                .hasMessageContaining("CreateTopic at " + uri + ": connection refused");
    }
}
