package io.selfheal.healer.aws;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.Region;

/**
 * Takes single targets out of target groups and puts them back. Speaks the load balancer's query protocol with the SDK's own
 * signer and HTTP client: two calls do not need its client library.
 */
final class TargetGroups {
    private static final String VERSION = "2015-12-01";
    private static final int LONGEST_ANSWER = 4096;
    private static final Pattern CODE = Pattern.compile("<Code>([^<]+)</Code>");

    private final SdkHttpClient http;
    private final AwsCredentialsProvider credentials;
    private final Region region;
    private final URI endpoint;

    TargetGroups(SdkHttpClient http, AwsCredentialsProvider credentials, Region region, Optional<URI> endpoint) {
        this.http = http;
        this.credentials = credentials;
        this.region = region;
        this.endpoint = endpoint.orElseGet(
                () -> URI.create("https://elasticloadbalancing." + region.id() + "." + domain(region)));
    }

    private static String domain(Region region) {
        return region.metadata() == null
                ? "amazonaws.com"
                : region.metadata().partition().dnsSuffix();
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
        ContentStreamProvider body = ContentStreamProvider.fromUtf8String(form.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&")));
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(request -> request.identity(credentials.resolveCredentials())
                        .request(SdkHttpRequest.builder()
                                .method(SdkHttpMethod.POST)
                                .uri(endpoint.resolve("/"))
                                .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                                .build())
                        .payload(body)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "elasticloadbalancing")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region.id()));
        HttpExecuteResponse answer = http.prepareRequest(HttpExecuteRequest.builder()
                        .request(signed.request())
                        .contentStreamProvider(signed.payload().orElse(body))
                        .build())
                .call();
        if (!answer.httpResponse().isSuccessful()) {
            throw failed(action + " of " + task.getAuthority(), answer);
        }
    }

    /** As the SDK's own clients throw it, so that a no is told from a failure in one place. */
    private static AwsServiceException failed(String what, HttpExecuteResponse answer) throws IOException {
        String body = body(answer);
        Matcher code = CODE.matcher(body);
        return AwsServiceException.builder()
                .statusCode(answer.httpResponse().statusCode())
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(
                                code.find()
                                        ? code.group(1)
                                        : "HTTP " + answer.httpResponse().statusCode())
                        .errorMessage(what + ": "
                                + body.replaceAll("<[^>]*>", " ")
                                        .replaceAll("\\s+", " ")
                                        .strip())
                        .build())
                .build();
    }

    private static String body(HttpExecuteResponse answer) throws IOException {
        if (answer.responseBody().isEmpty()) {
            return "";
        }
        try (var body = answer.responseBody().get()) {
            return new String(body.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
        }
    }
}
