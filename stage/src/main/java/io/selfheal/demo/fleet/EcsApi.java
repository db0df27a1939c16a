package io.selfheal.demo.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.selfheal.demo.http.Http;
import io.selfheal.demo.http.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ECS JSON 1.1 protocol and one word of Elastic Load Balancing, as far as the stage speaks them. Unsigned: the embedded endpoint asks
 * for no signature.
 */
public final class EcsApi {

    private static final Pattern TARGET_GROUP_ARN = Pattern.compile("<TargetGroupArn>([^<]+)</TargetGroupArn>");
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

    /** Makes a target group, or finds the one of that name, and answers its ARN. */
    public String targetGroup(String name, int port) {
        String form = "Action=CreateTargetGroup&Version=2015-12-01&Protocol=HTTP&TargetType=ip&Name=" + name + "&Port="
                + port;
        Map<String, String> headers = Map.of("Content-Type", "application/x-www-form-urlencoded");
        return switch (Http.send("POST", endpoint, headers, form, TIMEOUT)) {
            case Reply.Answer answer when answer.status() == 200 -> arn(answer.body());
            case Reply.Answer answer ->
                throw new EcsFailed("CreateTargetGroup: " + answer.status() + " " + answer.body());
            case Reply.NoAnswer none -> throw new EcsFailed("CreateTargetGroup: " + none.why());
        };
    }

    private static String arn(String xml) {
        Matcher arn = TARGET_GROUP_ARN.matcher(xml);
        if (!arn.find()) {
            throw new EcsFailed("CreateTargetGroup: no ARN in " + xml);
        }
        return arn.group(1);
    }

    private static boolean reads(String operation) {
        return operation.startsWith("Describe") || operation.startsWith("List");
    }
}
