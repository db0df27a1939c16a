package io.selfheal.embedded.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The AWS Query protocol: a form comes in, {@code List.member.1.Field=value}, and XML goes out. In between it is the same JSON. */
public final class Query {
    public static final String FORM = "application/x-www-form-urlencoded";

    private static final String NAMESPACE = "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/";
    private static final String MEMBER = "member";
    private static final int MAX_INDEX = 1_000;

    private Query() {}

    /** Every value is a text. */
    public static Fields parse(byte[] form) {
        Map<String, String> sorted = new TreeMap<>(Query::byIndex);
        for (String pair : new String(form, StandardCharsets.UTF_8).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                sorted.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        ObjectNode root = Json.object();
        sorted.forEach((key, value) -> put(root, key.split("\\.", -1), 0, value));
        return new Fields(root);
    }

    /** Shorter keys first, so that member.2 comes before member.10. */
    private static int byIndex(String a, String b) {
        int length = Integer.compare(a.length(), b.length());
        return length != 0 ? length : a.compareTo(b);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw AwsException.of("MalformedQueryString", "The request is no valid form: " + e.getMessage());
        }
    }

    private static void put(ObjectNode node, String[] path, int at, String value) {
        if (at == path.length - 1) {
            node.put(path[at], value);
        } else if (!path[at + 1].equals(MEMBER)) {
            put(node.withObjectProperty(path[at]), path, at + 1, value);
        } else {
            ArrayNode list = node.withArrayProperty(path[at]);
            if (at + 2 >= path.length || !path[at + 2].matches("[1-9]\\d{0,3}") || list.size() > MAX_INDEX) {
                throw AwsException.of("MalformedQueryString", "There is no index in " + String.join(".", path) + ".");
            }
            element(list, path, at, value);
        }
    }

    private static void element(ArrayNode list, String[] path, int at, String value) {
        int index = Math.min(Integer.parseInt(path[at + 2]) - 1, list.size());
        if (at + 3 == path.length) {
            list.add(value);
        } else {
            ObjectNode node =
                    index < list.size() && list.get(index) instanceof ObjectNode known ? known : list.addObject();
            put(node, path, at + 3, value);
        }
    }

    public static byte[] answer(String action, ObjectNode result, String requestId) {
        StringBuilder xml = new StringBuilder();
        xml.append("<%sResponse xmlns=\"%s\"><%sResult>".formatted(action, NAMESPACE, action));
        result.properties().forEach(field -> append(xml, field.getKey(), field.getValue()));
        xml.append("</%sResult><ResponseMetadata><RequestId>%s</RequestId></ResponseMetadata></%sResponse>"
                .formatted(action, requestId, action));
        return xml.toString().getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] error(AwsException e, String requestId) {
        String type = e.status() >= 500 ? "Receiver" : "Sender";
        StringBuilder xml = new StringBuilder("<ErrorResponse xmlns=\"%s\"><Error>".formatted(NAMESPACE));
        xml.append("<Type>")
                .append(type)
                .append("</Type><Code>")
                .append(escape(e.code()))
                .append("</Code><Message>");
        xml.append(escape(String.valueOf(e.getMessage()))).append("</Message></Error><RequestId>");
        return xml.append(requestId)
                .append("</RequestId></ErrorResponse>")
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void append(StringBuilder xml, String name, JsonNode value) {
        xml.append('<').append(name).append('>');
        switch (value.getNodeType()) {
            case OBJECT -> value.properties().forEach(field -> append(xml, field.getKey(), field.getValue()));
            case ARRAY -> value.forEach(element -> append(xml, MEMBER, element));
            default -> xml.append(escape(value.asText()));
        }
        xml.append("</").append(name).append('>');
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
