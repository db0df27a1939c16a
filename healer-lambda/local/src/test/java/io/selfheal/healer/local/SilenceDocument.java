package io.selfheal.healer.local;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.control.Silence;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A silence as Alertmanager's API takes it. */
final class SilenceDocument {
    private static final Pattern PARTS = Pattern.compile("(\\w+)(=~|!~|!=|=)\"(.*)\"");

    private SilenceDocument() {}

    static ObjectNode of(Silence silence) {
        ObjectNode json = new JsonMapper().createObjectNode();
        json.put("startsAt", silence.since().toString())
                .put("endsAt", silence.until().toString());
        json.put("createdBy", silence.owner()).put("comment", silence.comment());
        ArrayNode matchers = json.putArray("matchers");
        silence.matchers().forEach(one -> {
            Matcher parts = PARTS.matcher(one.toString());
            if (!parts.matches()) {
                throw new IllegalArgumentException("not a matcher: " + one);
            }
            String sign = parts.group(2);
            matchers.addObject()
                    .put("name", parts.group(1))
                    .put("value", parts.group(3))
                    .put("isRegex", sign.endsWith("~"))
                    .put("isEqual", sign.startsWith("="));
        });
        return json;
    }
}
