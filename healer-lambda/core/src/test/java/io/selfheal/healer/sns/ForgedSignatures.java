package io.selfheal.healer.sns;

import static io.selfheal.healer.sns.Forgery.asked;
import static io.selfheal.healer.sns.Forgery.unasked;

import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Of the right form and with a right certificate, but not what SNS signed; or signed, and at another time. */
final class ForgedSignatures {
    private static final PrivateKey SNS = TestAuthority.SNS_KEY.getPrivate();
    private static final String SHA256 = "SHA256withRSA";

    private ForgedSignatures() {}

    static List<Forgery> all() {
        List<Forgery> all = new ArrayList<>();
        all.addAll(changedAfterwards());
        all.addAll(otherBytes());
        all.addAll(signedOtherwise());
        all.addAll(otherTimes());
        return all;
    }

    private static List<Forgery> changedAfterwards() {
        Map<String, UnaryOperator<Letter>> changes = new LinkedHashMap<>();
        changes.put("the message, by a character", letter -> letter.with("Message", message(letter) + "x"));
        changes.put("the message, by a space", letter -> letter.with("Message", message(letter) + " "));
        changes.put("the message, to none", letter -> letter.with("Message", ""));
        changes.put(
                "the message, in case",
                letter -> letter.with("Message", message(letter).toUpperCase(Locale.ROOT)));
        changes.put(
                "the message's line break",
                letter -> letter.with("Message", message(letter).replace("\n", "\r\n")));
        changes.put(
                "the message's normal form",
                letter -> letter.with("Message", message(letter).replace("ä", "a\u0308")));
        changes.put(
                "the message's end, cut at a zero",
                letter -> letter.with(
                        "Message", message(letter).substring(0, message(letter).indexOf('\\'))));
        changes.put(
                "the message, escaped once more",
                letter -> letter.with("Message", message(letter).replace("\"", "\\\"")));
        changes.put("the id", letter -> letter.with("MessageId", "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf325"));
        changes.put("the id's case", letter -> letter.with("MessageId", "22B80B92-fdea-4c2c-8f9d-bdfb0c7bf324"));
        changes.put("the subject", letter -> letter.with("Subject", "OK"));
        changes.put("the subject, to none", letter -> letter.changed(json -> json.remove("Subject")));
        changes.put("the subject, to null", letter -> letter.changed(json -> json.putNull("Subject")));
        changes.put("the time, by a millisecond", letter -> letter.with("Timestamp", "2026-01-01T00:04:59.181Z"));
        changes.put("the time, in writing", letter -> letter.with("Timestamp", "2026-01-01T00:04:59.18Z"));
        changes.put("the topic, to another allowed one", letter -> letter.with("TopicArn", Letter.TOPIC + "-too"));
        changes.put("message and subject, swapped", letter -> letter.with("Subject", "x")
                .with("Message", "ALARM"));
        List<Forgery> all = new ArrayList<>();
        changes.forEach((what, change) -> all.add(
                asked("signature: changed afterwards: " + what, Doubt.SIGNATURE, change.apply(Letter.notification()))));
        Letter added =
                Letter.notification().changed(json -> json.remove("Subject")).signed();
        all.add(asked("signature: changed afterwards: a subject, added", Doubt.SIGNATURE, added.with("Subject", "s")));
        for (String type : List.of("SubscriptionConfirmation", "UnsubscribeConfirmation")) {
            all.add(asked(
                    "signature: changed afterwards: the message of a " + type,
                    Doubt.SIGNATURE,
                    Letter.confirmation(type).with("Message", "x")));
            all.add(asked(
                    "signature: a " + type + " made of a notification",
                    Doubt.SIGNATURE,
                    Letter.confirmation(type).with("Signature", signature(Letter.notification()))));
        }
        all.add(asked(
                "signature: changed afterwards: a farewell to a confirmation",
                Doubt.SIGNATURE,
                Letter.confirmation("UnsubscribeConfirmation").with("Type", "SubscriptionConfirmation")));
        all.add(asked(
                "signature: changed afterwards: a token with its address",
                Doubt.SIGNATURE,
                Letter.confirmation("SubscriptionConfirmation")
                        .with("Token", "abc")
                        .with("SubscribeURL", Letter.SUBSCRIBE.replace(Letter.TOKEN, "abc"))));
        return all;
    }

    private static String message(Letter letter) {
        return letter.json.path("Message").asText();
    }

    private static String signature(Letter letter) {
        return letter.json.path("Signature").asText();
    }

    private static List<Forgery> otherBytes() {
        List<Forgery> all = new ArrayList<>();
        for (int at : List.of(0, 1, 63, 64, 127, 128, 200, 254, 255)) {
            byte[] bytes = Base64.getDecoder().decode(signature(Letter.notification()));
            bytes[at] ^= 1;
            all.add(bytes("with a bit changed at byte " + at, bytes));
        }
        for (int length : List.of(1, 16, 128, 255, 257, 512)) {
            all.add(bytes(
                    "of " + length + " bytes",
                    Arrays.copyOf(Base64.getDecoder().decode(signature(Letter.notification())), length)));
        }
        all.add(bytes("of zeros", new byte[256]));
        all.add(asked(
                "signature: of another message",
                Doubt.SIGNATURE,
                Letter.notification()
                        .with(
                                "Signature",
                                signature(Letter.notification()
                                        .with("Message", "x")
                                        .signed()))));
        return all;
    }

    private static Forgery bytes(String what, byte[] bytes) {
        return asked(
                "signature: " + what,
                Doubt.SIGNATURE,
                Letter.notification().with("Signature", Base64.getEncoder().encodeToString(bytes)));
    }

    private static List<Forgery> signedOtherwise() {
        Map<String, UnaryOperator<String>> texts = new LinkedHashMap<>();
        texts.put("without the last line break", text -> text.substring(0, text.length() - 1));
        texts.put("with the line breaks of Windows", text -> text.replace("\n", "\r\n"));
        texts.put("without names", text -> text.replaceAll("(?m)^(MessageId|Subject|Type|Timestamp|TopicArn)\n", ""));
        texts.put("with a byte order mark", text -> "\ufeff" + text);
        texts.put(
                "in another order",
                text -> text.substring(text.indexOf("MessageId")) + text.substring(0, text.indexOf("MessageId")));
        texts.put("over nothing", _ -> "");
        texts.put("over the message alone", text -> text.substring(8, text.indexOf("\nMessageId")));
        List<Forgery> all = new ArrayList<>();
        texts.forEach((how, text) -> all.add(asked(
                "signature: " + how, Doubt.SIGNATURE, Letter.notification().signed(SNS, SHA256, text))));
        all.add(asked(
                "signature: by a stranger's key",
                Doubt.SIGNATURE,
                Letter.notification().signed(TestAuthority.STRANGER_KEY.getPrivate(), SHA256)));
        all.add(asked(
                "signature: by the authority's key",
                Doubt.SIGNATURE,
                Letter.notification().signed(TestAuthority.MIDDLE_KEY.getPrivate(), SHA256)));
        for (String algorithm : List.of("SHA1withRSA", "SHA512withRSA", "SHA384withRSA", "MD5withRSA")) {
            all.add(asked(
                    "signature: " + algorithm + ", said to be version 2",
                    Doubt.SIGNATURE,
                    Letter.notification().signed(SNS, algorithm)));
        }
        all.add(unasked(
                "signature: version 1, which is not allowed",
                Doubt.SIGNATURE,
                Letter.notification().with("SignatureVersion", "1").signed()));
        all.add(unasked(
                "signature: version 2, said to be version 1",
                Doubt.SIGNATURE,
                Letter.notification().with("SignatureVersion", "1")));
        return all;
    }

    private static List<Forgery> otherTimes() {
        List<Forgery> all = new ArrayList<>();
        for (String time : List.of(
                "2025-12-31T23:49:59.999Z",
                "2025-12-31T00:04:59Z",
                "2026-01-01T00:20:00.001Z",
                "2026-01-01T01:04:59Z",
                "2027-01-01T00:04:59Z",
                "1970-01-01T00:00:00Z",
                "0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z")) {
            all.add(asked(
                    "time: a notification of " + time,
                    Doubt.TIME,
                    Letter.notification().with("Timestamp", time).signed()));
        }
        for (String time : List.of("2025-12-30T00:04:59Z", "2026-01-01T00:20:01Z")) {
            for (String type : List.of("SubscriptionConfirmation", "UnsubscribeConfirmation")) {
                all.add(asked(
                        "time: a " + type + " of " + time,
                        Doubt.TIME,
                        Letter.confirmation(type).with("Timestamp", time).signed()));
            }
        }
        return all;
    }
}
