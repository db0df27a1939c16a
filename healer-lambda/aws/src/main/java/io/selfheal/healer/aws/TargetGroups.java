package io.selfheal.healer.aws;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Takes single targets out of target groups and puts them back. Speaks the load balancer's query protocol.
 */
final class TargetGroups {
    private static final String VERSION = "2015-12-01";
    private static final int LONGEST_ANSWER = 4096;
    private static final Pattern CODE = Pattern.compile("<Code>([^<]+)</Code>");

    private final SignedCalls aws;

    TargetGroups(SignedCalls aws) {
        this.aws = aws;
    }

    /** New connections go elsewhere; running requests end. A repeat is harmless. */
    void deregister(String group, URI task) throws IOException {
        call("DeregisterTargets", group, task);
    }

    /** A repeat is harmless. */
    void register(String group, URI task) throws IOException {
        call("RegisterTargets", group, task);
    }

    private void call(String action, String group, URI task) throws IOException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("Action", action);
        form.put("Version", VERSION);
        form.put("TargetGroupArn", group);
        // An IPv6 address stands in brackets in a URI, and nowhere else.
        form.put("Targets.member.1.Id", task.getHost().replaceAll("[\\[\\]]", ""));
        form.put("Targets.member.1.Port", String.valueOf(task.getPort()));
        String body = form.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        SignedCalls.Answer answer = aws.post(
                "elasticloadbalancing",
                Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
                body,
                LONGEST_ANSWER);
        if (!answer.successful()) {
            throw failed(action + " of " + task.getAuthority(), answer);
        }
    }

    /** As the SDK's own clients throw it, so that a no is told from a failure in one place. */
    private static AwsServiceException failed(String what, SignedCalls.Answer answer) {
        Matcher code = CODE.matcher(answer.body());
        return AwsServiceException.builder()
                .statusCode(answer.status())
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code.find() ? code.group(1) : "HTTP " + answer.status())
                        .errorMessage(what + ": "
                                + answer.body()
                                        .replaceAll("<[^>]*>", " ")
                                        .replaceAll("\\s+", " ")
                                        .strip())
                        .build())
                .build();
    }
}
