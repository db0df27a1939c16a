package io.selfheal.healer.aws.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * The SDK's client on the JDK's own connections, which sets TLS up with the first request that needs it. The SDK does so for each
 * client that is made, and reads the JDK's trusted authorities each time: a good part of a cold start. Thread-safe.
 */
public final class AwsHttp implements SdkHttpClient {
    private final Duration timeout;
    private final SdkHttpClient plain;
    private @Nullable SdkHttpClient secure;

    private AwsHttp(Duration timeout) {
        this.timeout = timeout;
        // A proxy is the SDK's own business.
        this.plain = Stream.of("http_proxy", "HTTP_PROXY").anyMatch(System.getenv()::containsKey)
                ? secure()
                : UrlConnectionHttpClient.create(this::open);
    }

    /** Bounded by the socket's own timeouts, the bound that always holds: the SDK's needs an interruptible thread. */
    public static AwsHttp within(Duration timeout) {
        return new AwsHttp(timeout);
    }

    /**
     * Returns at once. Where the environment names no other endpoint, AWS speaks HTTPS: what that needs is set up by a thread of its
     * own, before anybody waits for it. What fails there fails again, and is told, with the first request.
     */
    public static void begin(Map<String, String> environment) {
        String endpoint = environment.getOrDefault(
                "AWS_ENDPOINT_URL_DYNAMODB", environment.getOrDefault("AWS_ENDPOINT_URL", "https:"));
        if (endpoint.startsWith("https:")) {
            Thread.startVirtualThread(() -> secure(Duration.ofSeconds(1)).close());
        }
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        boolean tls = request.httpRequest().protocol().equalsIgnoreCase("https");
        return (tls ? secure() : plain).prepareRequest(request);
    }

    @Override
    public String clientName() {
        return "UrlConnection";
    }

    /** One for all requests: the JDK keeps connections open by their socket factory. */
    private synchronized SdkHttpClient secure() {
        SdkHttpClient made = secure == null ? secure(timeout) : secure;
        secure = made;
        return made;
    }

    private static SdkHttpClient secure(Duration timeout) {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(timeout)
                .socketTimeout(timeout)
                .tlsTrustManagersProvider(Authorities::ofPlatform)
                .build();
    }

    private HttpURLConnection open(URI address) {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            int millis = (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE);
            connection.setConnectTimeout(millis);
            connection.setReadTimeout(millis);
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        plain.close();
        if (secure != null) {
            secure.close();
        }
    }
}
