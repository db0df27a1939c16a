package io.selfheal.healer.lambda.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.json.JsonTrees;

/** What the sender is answered, in the form that function URLs and both API Gateways take. */
public record Response(int status, ObjectNode body) {

    public static Response accepted(int saved, int ignored) {
        return new Response(202, JsonTrees.object().put("accepted", saved).put("ignored", ignored));
    }

    /** As the server says it. */
    public static Response problem(int status, String title, String detail) {
        return new Response(
                status,
                JsonTrees.object()
                        .put("type", "about:blank")
                        .put("title", title)
                        .put("status", status)
                        .put("detail", detail));
    }

    public String json() {
        ObjectNode response = JsonTrees.object().put("statusCode", status);
        response.putObject("headers")
                .put("Content-Type", status < 400 ? "application/json" : "application/problem+json");
        return JsonTrees.write(response.put("body", JsonTrees.write(body)).put("isBase64Encoded", false));
    }
}
