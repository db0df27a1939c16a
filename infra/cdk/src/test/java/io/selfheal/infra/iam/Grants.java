package io.selfheal.infra.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The statements of a role out of the templates, with what CloudFormation would put in for references. */
public final class Grants {
    static final String ACCOUNT = "000000000000";
    private static final String REGION = "us-east-1";

    private final Map<String, JsonNode> stacks;
    private final Map<String, JsonNode> exports = new LinkedHashMap<>();

    private Grants(Map<String, JsonNode> stacks) {
        this.stacks = stacks;
        stacks.values().forEach(template -> template.path("Outputs")
                .forEach(one -> exports.put(one.at("/Export/Name").asText(), one.path("Value"))));
    }

    /**
     * What a role of the healer may do.
     *
     * @param role beginning of the logical id of the role's policy, in the stack Healer
     */
    static Evaluation of(Map<String, JsonNode> stacks, String role) {
        Grants grants = new Grants(stacks);
        List<JsonNode> statements = new ArrayList<>();
        stacks.getOrDefault("Healer", JsonNodeFactory.instance.objectNode())
                .path("Resources")
                .properties()
                .forEach(one -> {
                    if (one.getKey().startsWith(role)
                            && one.getValue().path("Type").asText().equals("AWS::IAM::Policy")) {
                        one.getValue()
                                .at("/Properties/PolicyDocument/Statement")
                                .forEach(statement -> statements.add(grants.resolved(statement)));
                    }
                });
        if (statements.isEmpty()) {
            throw new IllegalArgumentException("no policy begins with " + role);
        }
        return new Evaluation(statements);
    }

    private JsonNode resolved(JsonNode node) {
        if (node instanceof ArrayNode array) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            array.forEach(one -> all.add(resolved(one)));
            return all;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        if (object.size() == 1) {
            Map.Entry<String, JsonNode> only = object.properties().iterator().next();
            switch (only.getKey()) {
                case "Ref" -> {
                    return TextNode.valueOf(reference(only.getValue().asText()));
                }
                case "Fn::GetAtt" -> {
                    return TextNode.valueOf(reference(only.getValue().path(0).asText()));
                }
                case "Fn::ImportValue" -> {
                    return resolved(exports.getOrDefault(only.getValue().asText(), TextNode.valueOf("nothing")));
                }
                case "Fn::Join" -> {
                    StringBuilder joined = new StringBuilder();
                    only.getValue()
                            .path(1)
                            .forEach(part -> joined.append(resolved(part).asText()));
                    return TextNode.valueOf(joined.toString());
                }
                default -> {}
            }
        }
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(one -> all.set(one.getKey(), resolved(one.getValue())));
        return all;
    }

    private String reference(String id) {
        if (id.equals("AWS::AccountId")) {
            return ACCOUNT;
        }
        for (JsonNode template : stacks.values()) {
            String type = template.path("Resources").path(id).path("Type").asText();
            if (!type.isEmpty()) {
                return arn(type, id.replaceFirst("[0-9A-F]{8}$", ""));
            }
        }
        throw new IllegalArgumentException("nothing is called " + id);
    }

    /** The ARN of what the stack calls so. */
    static String arn(String type, String name) {
        return switch (type) {
            case "AWS::DynamoDB::Table" -> made("dynamodb", "table/" + name);
            case "AWS::SQS::Queue" -> made("sqs", name);
            case "AWS::SNS::Topic" -> made("sns", name);
            case "AWS::KMS::Key" -> made("kms", "key/" + name);
            case "AWS::Logs::LogGroup" -> made("logs", "log-group:" + name + ":*");
            case "AWS::SecretsManager::Secret" -> made("secretsmanager", "secret:" + name);
            case "AWS::SSM::Parameter" -> made("ssm", "parameter/" + name);
            default -> throw new IllegalArgumentException("no ARN is known for " + type + " " + name);
        };
    }

    private static String made(String service, String resource) {
        return "arn:aws:" + service + ":" + REGION + ":" + ACCOUNT + ":" + resource;
    }
}
