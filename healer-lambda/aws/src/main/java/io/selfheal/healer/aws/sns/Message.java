package io.selfheal.healer.aws.sns;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.aws.sns.Rationing.Digest;
import io.selfheal.healer.json.JsonTrees;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is published: JSON for programs, text for people who read mail, and attributes by which subscriptions are filtered.
 *
 * @param subject ASCII of one line, 100 characters at most: SNS refuses others
 * @param body one form for each protocol, as {@code MessageStructure=json} wants it
 */
record Message(String subject, String body, Map<String, String> attributes) {
    private static final int LONGEST_SUBJECT = 100;
    /** SNS takes 256 KB; nobody reads more than this in a mail. */
    private static final int LONGEST_DETAIL = 2000;

    Message {
        attributes = Map.copyOf(attributes);
    }

    static Message of(Notice notice) {
        String text = "Selfheal: " + notice.service() + " is " + notice.state() + ". " + notice.reason() + ": "
                + brief(notice.detail());
        ObjectNode document = JsonTrees.object().put("text", text);
        describe(document, notice);
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("kind", notice.kind().name().toLowerCase(Locale.ROOT));
        attributes.put("cluster", notice.service().cluster());
        attributes.put("service", notice.service().service());
        attributes.put("state", notice.state());
        attributes.put("reason", notice.reason());
        attributes.put("dedup", notice.key());
        String more = "\n\nincident " + notice.incident() + ", version " + notice.version() + ", "
                + notice.attempts() + " actions so far, at " + notice.at() + "\nhistory ends in "
                + notice.historyHead();
        return new Message(
                ascii(notice.service() + " " + notice.state() + ": " + notice.reason()),
                body(document, text + more),
                attributes);
    }

    static Message of(Digest digest) {
        Map<String, Long> byState = digest.notices().stream()
                .collect(Collectors.groupingBy(Notice::state, TreeMap::new, Collectors.counting()));
        String counts = byState.entrySet().stream()
                .map(one -> one.getValue() + " " + one.getKey())
                .collect(Collectors.joining(", "));
        String text = "Selfheal: " + digest.count() + " more notices in the last minute: " + counts
                + (digest.more() > 0 ? ", and " + digest.more() + " that are not named" : "");
        ObjectNode document = JsonTrees.object().put("text", text).put("count", digest.count());
        ArrayNode notices = document.putArray("notices");
        digest.notices().forEach(notice -> describe(notices.addObject(), notice));
        String lines = digest.notices().stream()
                .map(notice -> notice.service() + " " + notice.state() + ": " + notice.reason())
                .collect(Collectors.joining("\n"));
        return new Message(
                ascii(digest.count() + " more notices: " + counts),
                body(document, text + "\n\n" + lines),
                Map.of("kind", "digest", "count", Integer.toString(digest.count())));
    }

    private static void describe(ObjectNode json, Notice notice) {
        json.put("kind", notice.kind().name().toLowerCase(Locale.ROOT))
                .put("incident", notice.incident().value())
                .put("version", notice.version())
                .put("cluster", notice.service().cluster())
                .put("service", notice.service().service())
                .put("state", notice.state())
                .put("reason", notice.reason())
                .put("detail", brief(notice.detail()))
                .put("attempts", notice.attempts())
                .put("historyHead", notice.historyHead())
                .put("at", notice.at().toString());
    }

    private static String body(ObjectNode document, String text) {
        return JsonTrees.write(
                JsonTrees.object().put("default", JsonTrees.write(document)).put("email", text));
    }

    private static String brief(String detail) {
        return detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL) + "...";
    }

    private static String ascii(String subject) {
        String plain = subject.replaceAll("[^\\x20-\\x7E]", "?");
        return plain.length() <= LONGEST_SUBJECT ? plain : plain.substring(0, LONGEST_SUBJECT - 3) + "...";
    }
}
