package io.selfheal.demo.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.selfheal.demo.http.Http;
import io.selfheal.demo.http.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** The ECS JSON 1.1 protocol, as far as the stage speaks it. Unsigned: the embedded endpoint asks for no signature. */
public final class EcsApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** A reading call that got no answer is tried again, as any AWS client does. */
    private static final int TRIES = 3;

    private final URI endpoint;

    public EcsApi(URI endpoint) {
        this.endpoint = endpoint;
    }

    /** Calls one operation; throws {@link EcsFailed} when it does not answer 200. */
    public JsonNode call(String operation, Map<String, ?> request) {
        Map<String, String> headers = Map.of(
                "Content-Type",
                "application/x-amz-json-1.1",
                "X-Amz-Target",
                "AmazonEC2ContainerServiceV20141113." + operation);
        try {
            String body = JSON.writeValueAsString(request);
            Reply reply = Http.send("POST", endpoint, headers, body, TIMEOUT);
            for (int more = 1; more < TRIES && reply instanceof Reply.NoAnswer && reads(operation); more++) {
                reply = Http.send("POST", endpoint, headers, body, TIMEOUT);
            }
            return switch (reply) {
                case Reply.Answer answer when answer.status() == 200 -> JSON.readTree(answer.body());
                case Reply.Answer answer ->
                    throw new EcsFailed(operation + ": " + answer.status() + " " + answer.body());
                case Reply.NoAnswer none -> throw new EcsFailed(operation + ": " + none.why());
            };
        } catch (JsonProcessingException e) {
            throw new EcsFailed(operation + ": not JSON: " + e.getOriginalMessage());
        }
    }

    private static boolean reads(String operation) {
        return operation.startsWith("Describe") || operation.startsWith("List");
    }
}
