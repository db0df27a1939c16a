package io.selfheal.healer.aws;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
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
 * Calls AWS with the SDK's own signer and HTTP client: a few operations of a service do not need its client library, which
 * would take megabytes. Repeats nothing.
 *
 * @param endpoint empty: the service's own in the region
 */
record SignedCalls(SdkHttpClient http, AwsCredentialsProvider credentials, Region region, Optional<URI> endpoint) {

    /** What came back, cut off at the bound that was given. */
    record Answer(int status, boolean successful, String body) {}

    /** An endpoint that was given, or else that of the first of these variables which is set, as every AWS SDK has it. */
    static Optional<URI> endpoint(Optional<URI> given, String... variables) {
        return given.or(() -> Stream.of(variables)
                .map(System::getenv)
                .filter(Objects::nonNull)
                .map(URI::create)
                .findFirst());
    }

    /** The same in another region; an endpoint that was given stays. */
    SignedCalls in(Region other) {
        return new SignedCalls(http, credentials, other, endpoint);
    }

    /**
     * Posts to the root of the service.
     *
     * @param service as it is signed for, which is the first part of its host's name, too
     */
    Answer post(String service, Map<String, String> headers, String text, int maxBytes) throws IOException {
        URI address = endpoint.orElseGet(() -> URI.create("https://" + service + "." + region.id() + "." + domain()));
        ContentStreamProvider body = ContentStreamProvider.fromUtf8String(text);
        SdkHttpRequest.Builder request =
                SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(address.resolve("/"));
        headers.forEach(request::putHeader);
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(unsigned -> unsigned.identity(credentials.resolveCredentials())
                        .request(request.build())
                        .payload(body)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region.id()));
        HttpExecuteResponse answer = http.prepareRequest(HttpExecuteRequest.builder()
                        .request(signed.request())
                        .contentStreamProvider(signed.payload().orElse(body))
                        .build())
                .call();
        return new Answer(
                answer.httpResponse().statusCode(), answer.httpResponse().isSuccessful(), body(answer, maxBytes));
    }

    private String domain() {
        return region.metadata() == null
                ? "amazonaws.com"
                : region.metadata().partition().dnsSuffix();
    }

    private static String body(HttpExecuteResponse answer, int maxBytes) throws IOException {
        if (answer.responseBody().isEmpty()) {
            return "";
        }
        try (var body = answer.responseBody().get()) {
            return new String(body.readNBytes(maxBytes), StandardCharsets.UTF_8);
        }
    }
}
