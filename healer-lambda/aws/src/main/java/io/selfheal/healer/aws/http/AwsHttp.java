package io.selfheal.healer.aws.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * The SDK's client on the JDK's own connections, with TLS that is set up once in a process. The SDK does so for each client that is made,
 * and reads the JDK's trusted authorities each time: a good part of a cold start. Thread-safe.
 */
public final class AwsHttp implements SdkHttpClient {
    /** Whoever connects ahead must not hold anything up for long. */
    private static final Duration AHEAD = Duration.ofSeconds(2);

    private final Duration timeout;
    private final SdkHttpClient client;

    private AwsHttp(Duration timeout) {
        this.timeout = timeout;
        // A proxy is the SDK's own business.
        this.client = Stream.of("http_proxy", "HTTP_PROXY").anyMatch(System.getenv()::containsKey)
                ? UrlConnectionHttpClient.builder()
                        .connectionTimeout(timeout)
                        .socketTimeout(timeout)
                        .tlsTrustManagersProvider(Authorities::ofPlatform)
                        .build()
                : UrlConnectionHttpClient.create(this::open);
    }

    /** Bounded by the socket's own timeouts, the bound that always holds: the SDK's needs an interruptible thread. */
    public static AwsHttp within(Duration timeout) {
        return new AwsHttp(timeout);
    }

    /**
     * Returns at once. Where the environment names no other endpoint, AWS speaks HTTPS: what that needs is set up by a thread of its
     * own, before anybody waits for it. What fails there fails again, and is told, with the first request.
     *
     * @param services to connect to, one after the other, so that the first request to each finds its connection open
     */
    public static void begin(Map<String, String> environment, List<String> services) {
        if (Ahead.isAws(environment, "DYNAMODB")) {
            Thread.startVirtualThread(() -> {
                Tls.quick();
                AwsHttp http = within(AHEAD);
                services.forEach(service -> Ahead.address(environment, service).ifPresent(http::connect));
            });
        }
    }

    /** By a question that needs no signature; what the answer says is nobody's concern. */
    private void connect(URI address) {
        SdkHttpRequest question =
                SdkHttpRequest.builder().method(SdkHttpMethod.GET).uri(address).build();
        try {
            HttpExecuteResponse answer = prepareRequest(
                            HttpExecuteRequest.builder().request(question).build())
                    .call();
            if (answer.responseBody().isPresent()) {
                try (var body = answer.responseBody().get()) {
                    // To its end: only then may the next one have the connection.
                    body.transferTo(OutputStream.nullOutputStream());
                }
            }
        } catch (IOException | RuntimeException e) {
            System.getLogger(AwsHttp.class.getName())
                    .log(Logger.Level.DEBUG, "no connection ahead to {0}: {1}", address, e.getMessage());
        }
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest prepared = client.prepareRequest(request);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                try {
                    return prepared.call();
                } catch (SSLHandshakeException failed) {
                    // Nothing of the request was sent yet, so that it is not sent twice.
                    if (Tls.refusedBy(request.httpRequest().getUri().getAuthority())) {
                        return client.prepareRequest(request).call();
                    }
                    throw failed;
                } catch (SSLException failed) {
                    // Most likely so, too, but not for certain: whoever repeats it, knows whether it may be.
                    Tls.refusedBy(request.httpRequest().getUri().getAuthority());
                    throw failed;
                }
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    @Override
    public String clientName() {
        return "UrlConnection";
    }

    private HttpURLConnection open(URI address) {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            if (connection instanceof HttpsURLConnection secure) {
                secure.setSSLSocketFactory(Tls.towards(address.getAuthority()));
            }
            int millis = (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE);
            connection.setConnectTimeout(millis);
            connection.setReadTimeout(millis);
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
