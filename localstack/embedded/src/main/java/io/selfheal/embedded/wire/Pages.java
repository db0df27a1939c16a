package io.selfheal.embedded.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Cuts a list of ARNs into pages. The token names the last ARN given, so it survives changes of the list in between. */
public final class Pages {
    private static final int MAX = 100;

    private Pages() {}

    /** The answer {@code {field: [...], nextToken}} for the request's maxResults (else {@code fallback}) and nextToken. */
    public static ObjectNode answer(Fields request, int fallback, String field, List<String> arns) {
        int size = request.integer("maxResults", fallback, 1, MAX);
        int from = request.text("nextToken").map(token -> after(token, arns)).orElse(0);
        int to = Math.min(arns.size(), from + size);
        ObjectNode answer = Json.object();
        ArrayNode page = answer.putArray(field);
        arns.subList(from, to).forEach(page::add);
        if (to < arns.size()) {
            answer.put("nextToken", token(to, arns.get(to - 1)));
        }
        return answer;
    }

    private static String token(int position, String last) {
        byte[] plain = (position + " " + last).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
    }

    private static int after(String token, List<String> arns) {
        String[] parts = decode(token).orElseThrow(Pages::invalid).split(" ", 2);
        if (parts.length != 2 || !parts[0].matches("\\d{1,9}")) {
            throw invalid();
        }
        int index = arns.indexOf(parts[1]);
        // The last one given has gone: its place in the list is the best that is known.
        return index >= 0 ? index + 1 : Math.min(Integer.parseInt(parts[0]), arns.size());
    }

    private static Optional<String> decode(String token) {
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static AwsException invalid() {
        return AwsException.invalidParameter("Invalid token.");
    }
}
