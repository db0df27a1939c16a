package io.selfheal.healer.lambda.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.intake.Intake;
import io.selfheal.healer.intake.Parsed;
import io.selfheal.healer.sns.Admission;
import io.selfheal.healer.sns.SnsDoor;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets requests in: what claims to be from SNS by its signature, everybody else by a token. The function URL itself knows
 * nobody, so nothing in a body is read before.
 */
public final class HttpDoor {
    private static final Logger LOG = LoggerFactory.getLogger(HttpDoor.class);
    private static final String SNS = "/signals/sns";
    private static final String SIGNALS = "/signals/";

    private final Intake intake;
    private final Optional<SnsDoor> sns;
    private final Optional<Token> token;

    /** With the token empty, only what SNS signed comes in. */
    public HttpDoor(Intake intake, Optional<SnsDoor> sns, String token) {
        this.intake = intake;
        this.sns = sns;
        this.token = token.isEmpty() ? Optional.empty() : Optional.of(new Token(token));
    }

    /** What became of a request. */
    public sealed interface Entrance {
        /** It may come in, and this is in it. */
        record Open(Parsed.Accepted accepted) implements Entrance {}

        /** Nothing is to be done any more but to answer. */
        record Closed(Response response) implements Entrance {}
    }

    public Entrance open(JsonNode request) {
        String path = text(request, "rawPath", "path");
        String method = request.path("requestContext")
                .path("http")
                .path("method")
                .asText(request.path("httpMethod").asText(""));
        if (!path.contains(SIGNALS)) {
            return closed(404, "Not Found", "there are " + SNS + " and " + SIGNALS + "..., not " + path);
        }
        if (!method.equals("POST")) {
            return closed(405, "Method Not Allowed", "expected POST");
        }
        return path.endsWith(SNS) ? ofSns(request) : ofOthers(request);
    }

    private Entrance ofOthers(JsonNode request) {
        if (token.isEmpty()) {
            return closed(404, "Not Found", "only SNS may send here: set HEALER_TOKEN to let others in");
        }
        if (!token.get().presentedBy(header(request, "authorization"))) {
            return closed(401, "Unauthorized", "send the healer's token: Authorization: Bearer TOKEN");
        }
        Optional<byte[]> body = body(request);
        return body.isEmpty() ? notBase64() : understood(intake.parse(body.get()));
    }

    private Entrance ofSns(JsonNode request) {
        if (sns.isEmpty()) {
            return closed(404, "Not Found", "no topic may send here: name those that may in HEALER_SNS_TOPICS");
        }
        Optional<byte[]> body = body(request);
        if (body.isEmpty()) {
            return notBase64();
        }
        return switch (sns.get().admit(body.get())) {
            case Admission.Notification notification ->
                understood(intake.message(notification.message(), notification.attributes()));
            case Admission.Confirmed(String topic) -> {
                LOG.info("topic {} may send from now on: its subscription was confirmed", topic);
                yield new Entrance.Closed(Response.accepted(0, 0));
            }
            case Admission.Unsubscribed(String topic, String id) -> {
                LOG.warn("topic {} sends no more: it was unsubscribed (message {})", topic, id);
                yield new Entrance.Closed(Response.accepted(0, 0));
            }
            case Admission.Refused(var doubt, String why) -> closed(403, "Forbidden", doubt + ": " + why);
            case Admission.Unavailable(String why) -> closed(503, "Service Unavailable", why + ": send it again");
        };
    }

    private static Entrance understood(Parsed parsed) {
        return switch (parsed) {
            case Parsed.Accepted accepted -> new Entrance.Open(accepted);
            case Parsed.Refused(String why) -> closed(422, "Unprocessable Content", why);
        };
    }

    private static Entrance notBase64() {
        return closed(400, "Bad Request", "the body is not the base64 that it is said to be");
    }

    private static Entrance closed(int status, String title, String detail) {
        LOG.warn("a request was answered with {}: {}", status, detail);
        return new Entrance.Closed(Response.problem(status, title, detail));
    }

    private static Optional<byte[]> body(JsonNode request) {
        String body = request.path("body").asText("");
        if (!request.path("isBase64Encoded").asBoolean(false)) {
            return Optional.of(body.getBytes(StandardCharsets.UTF_8));
        }
        try {
            return Optional.of(Base64.getDecoder().decode(body));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode request, String... names) {
        for (String name : names) {
            if (request.path(name).isTextual()) {
                return request.path(name).asText();
            }
        }
        return "";
    }

    /** Function URLs write names in lower case, API Gateway as they came. */
    private static String header(JsonNode request, String name) {
        for (Map.Entry<String, JsonNode> header : request.path("headers").properties()) {
            if (header.getKey().toLowerCase(Locale.ROOT).equals(name)) {
                return header.getValue().asText("");
            }
        }
        return "";
    }
}
