package io.selfheal.healer.sns;

import static io.selfheal.healer.sns.Forgery.unasked;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Addresses that somebody else answers at, or that two programs read differently: refused without asking any of them. */
final class ForgedAddresses {
    private static final String HOST = "sns.eu-west-1.amazonaws.com";

    private ForgedAddresses() {}

    static List<Forgery> all() {
        List<Forgery> all = new ArrayList<>();
        Stream.concat(authorities("SimpleNotificationService-0.pem").stream(), files().stream())
                .forEach(address -> all.add(unasked(
                        "address of the certificate: " + address,
                        Doubt.ADDRESS,
                        Letter.notification().with("SigningCertURL", address).signed())));
        String query = Letter.SUBSCRIBE.substring(Letter.HOST.length());
        Stream.concat(authorities(query).stream(), queries().stream())
                .forEach(address -> all.add(unasked(
                        "address of the confirmation: " + address,
                        Doubt.ADDRESS,
                        Letter.confirmation("SubscriptionConfirmation")
                                .with("SubscribeURL", address)
                                .signed())));
        return all;
    }

    private static List<String> authorities(String rest) {
        return List.of(
                "http://" + HOST + "/" + rest,
                "HTTPS://" + HOST + "/" + rest,
                "ftp://" + HOST + "/" + rest,
                "https:/" + HOST + "/" + rest,
                "https:" + HOST + "/" + rest,
                "//" + HOST + "/" + rest,
                " https://" + HOST + "/" + rest,
                "https://" + HOST + ":443/" + rest,
                "https://" + HOST + ":8443/" + rest,
                "https://" + HOST + ":/" + rest,
                "https://" + HOST + "./" + rest,
                "https://SNS.eu-west-1.amazonaws.com/" + rest,
                "https://sns.EU-WEST-1.amazonaws.com/" + rest,
                "https://user@" + HOST + "/" + rest,
                "https://user:secret@" + HOST + "/" + rest,
                "https://" + HOST + "@evil.example/" + rest,
                "https://" + HOST + "%40evil.example/" + rest,
                "https://" + HOST + ".evil.example/" + rest,
                "https://evil.example/" + HOST + "/" + rest,
                "https://evil-" + HOST + "/" + rest,
                "https://evil." + HOST + "/" + rest,
                "https://" + HOST + "#@evil.example/" + rest,
                "https://" + HOST + "?@evil.example/" + rest,
                "https://" + HOST + "\\@evil.example/" + rest,
                "https://" + HOST + "\\" + rest,
                "https://sns.eu-west-2.amazonaws.com/" + rest,
                "https://sns.eu-west-1.amazonaws.com.cn/" + rest,
                "https://sns.amazonaws.com/" + rest,
                "https://sns.eu-west-1.amazonaws.co/" + rest,
                "https://sns.eu-west-1.arnazonaws.com/" + rest,
                "https://sns.eu-west-1.amаzonaws.com/" + rest,
                "https://sns.eu-west-1.xn--amzonaws-4fg.com/" + rest,
                "https://sns。eu-west-1。amazonaws。com/" + rest,
                "https://sns.eu-west-1.amazonaws.com\u200b/" + rest,
                "https://sns-eu-west-1.amazonaws.com/" + rest,
                "https://s3.eu-west-1.amazonaws.com/bucket/" + rest,
                "https://sns.eu-west-1.amazonaws.com.s3.amazonaws.com/" + rest,
                "https://abc.execute-api.eu-west-1.amazonaws.com/" + rest,
                "https://169.254.169.254/" + rest,
                "https://127.0.0.1/" + rest,
                "https://[::1]/" + rest,
                "https://2130706433/" + rest,
                "https://localhost/" + rest);
    }

    private static List<String> files() {
        String base = Letter.HOST;
        return List.of(
                base,
                base + "/SimpleNotificationService-0.pem",
                base + "SimpleNotificationService-0.pem?",
                base + "SimpleNotificationService-0.pem?a=b",
                base + "SimpleNotificationService-0.pem#",
                base + "SimpleNotificationService-0.pem#x",
                base + "SimpleNotificationService-0.pem/",
                base + "SimpleNotificationService-0.pem ",
                base + "SimpleNotificationService-0.PEM",
                base + "SimpleNotificationService-0.pem.txt",
                base + "SimpleNotificationService-.pem",
                base + "SimpleNotificationService-0%2e.pem",
                base + "SimpleNotificationService-../x.pem",
                base + "../SimpleNotificationService-0.pem",
                base + "./SimpleNotificationService-0.pem",
                base + "%2e%2e/SimpleNotificationService-0.pem",
                base + "x/SimpleNotificationService-0.pem",
                base + "SimpleNotificationService-0.pem;x",
                base + "simplenotificationservice-0.pem",
                base + "cert.pem",
                base + "?Action=GetTopic&x=SimpleNotificationService-0.pem",
                "file:///etc/ssl/SimpleNotificationService-0.pem",
                "jar:https://" + HOST + "!/SimpleNotificationService-0.pem",
                "data:text/plain,SimpleNotificationService-0.pem");
    }

    private static List<String> queries() {
        String topic = "&TopicArn=" + Letter.TOPIC;
        String token = "&Token=" + Letter.TOKEN;
        String base = Letter.HOST + "?Action=";
        return List.of(
                Letter.HOST,
                Letter.HOST + "?",
                base + "Unsubscribe" + topic + token,
                base + "DeleteTopic" + topic + token,
                base + "confirmsubscription" + topic + token,
                base + "ConfirmSubscription" + topic,
                base + "ConfirmSubscription" + token,
                base + "ConfirmSubscription&TopicArn=" + Letter.TOPIC + "2" + token,
                base + "ConfirmSubscription" + topic + token + "0",
                base + "ConfirmSubscription" + topic + token + "&AuthenticateOnUnsubscribe=true",
                base + "ConfirmSubscription" + topic + token + token,
                base + "ConfirmSubscription" + topic + token + "&Action=DeleteTopic",
                base + "ConfirmSubscription" + topic + token + "#x",
                base + "ConfirmSubscription" + topic + token + "&",
                base + "ConfirmSubscription" + topic + token + "%zz",
                Letter.HOST + "x?Action=ConfirmSubscription" + topic + token);
    }
}
