package io.selfheal.demo.cloud;

import io.selfheal.demo.http.Http;
import io.selfheal.demo.http.Reply;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * AWS's Query protocol, as far as the stage speaks it: CloudWatch, SNS, SQS. The signature names the service and proves nothing, which
 * LocalStack accepts and AWS would refuse: the stage cannot touch an account by mistake.
 */
final class AwsApi {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** The services that are asked, and the version of the protocol. */
    enum Service {
        CLOUDWATCH("monitoring", "2010-08-01"),
        SNS("sns", "2010-03-31"),
        SQS("sqs", "2012-11-05");

        private final String name;
        private final String version;

        Service(String name, String version) {
            this.name = name;
            this.version = version;
        }
    }

    private final URI endpoint;
    private final String region;

    AwsApi(URI endpoint, String region) {
        this.endpoint = endpoint;
        this.region = region;
    }

    /** Calls one action; throws {@link CloudFailed} when the answer is not 200. */
    Element call(Service service, String action, Map<String, String> parameters) {
        Map<String, String> headers =
                Map.of("Content-Type", "application/x-www-form-urlencoded", "Authorization", scope(service.name));
        String form = "Action=" + action + "&Version=" + service.version + form(parameters);
        return switch (Http.send("POST", endpoint.resolve("/"), headers, form, TIMEOUT)) {
            case Reply.Answer answer when answer.status() == 200 -> parse(action, answer.body());
            case Reply.Answer answer -> throw new CloudFailed(action + ": " + answer.status() + " " + answer.body());
            case Reply.NoAnswer none -> throw new CloudFailed(action + " at " + endpoint + ": " + none.why());
        };
    }

    private String scope(String service) {
        return "AWS4-HMAC-SHA256 Credential=test/20260101/" + region + "/" + service
                + "/aws4_request, SignedHeaders=host, Signature=none";
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> "&" + entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining());
    }

    /** The texts of all elements of that name below. */
    static List<String> texts(Element element, String name) {
        List<String> texts = new ArrayList<>();
        elements(element, name).forEach(each -> texts.add(each.getTextContent()));
        return texts;
    }

    /** The text of the first; empty where there is none. */
    static String text(Element element, String name) {
        List<String> texts = texts(element, name);
        return texts.isEmpty() ? "" : texts.getFirst();
    }

    static List<Element> elements(Element element, String name) {
        NodeList nodes = element.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element found) {
                elements.add(found);
            }
        }
        return elements;
    }

    private static Element parse(String action, String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Document document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
            return document.getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new CloudFailed(action + ": no XML: " + e.getMessage());
        }
    }
}
