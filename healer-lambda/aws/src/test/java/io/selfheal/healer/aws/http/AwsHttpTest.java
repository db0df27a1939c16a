package io.selfheal.healer.aws.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

class AwsHttpTest {
    private static final char[] PASSWORD = "a-password".toCharArray();
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private static String body(AwsHttp http, String address) throws IOException {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(URI.create(address))
                .build();
        HttpExecuteResponse answer = http.prepareRequest(
                        HttpExecuteRequest.builder().request(request).build())
                .call();
        try (InputStream body = answer.responseBody().orElseThrow()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void answering(HttpServer server) {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
    }

    @Test
    void whenAnHttpEndpointIsAsked_thenItsAnswerComes() throws Exception {
        HttpServer server = HttpServer.create(ANY_PORT, 0);
        answering(server);
        try (AwsHttp http = AwsHttp.within(Duration.ofSeconds(30))) {
            assertThat(body(http, "http://127.0.0.1:" + server.getAddress().getPort()))
                    .isEqualTo("ok");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void givenAnEndpointThatTakesConnectionsAndSaysNothing_thenTheTimeoutEndsIt() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                AwsHttp http = AwsHttp.within(Duration.ofMillis(50))) {
            assertThatThrownBy(() -> body(http, "http://127.0.0.1:" + silent.getLocalPort()))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void givenACertificateOfNobodysAuthority_thenNothingIsAskedOverHttps(@TempDir Path folder) throws Exception {
        AwsHttp.begin(Map.of(), List.of());
        HttpsServer server = HttpsServer.create(ANY_PORT, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(selfSigned(folder)));
        answering(server);
        try (AwsHttp http = AwsHttp.within(Duration.ofSeconds(30))) {
            assertThatThrownBy(() -> body(
                            http, "https://127.0.0.1:" + server.getAddress().getPort()))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("PKIX path building failed");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void givenAnEndpointWithoutX25519_thenTheWholeListIsProposedToIt_andItIsItsCertificateThatIsRefused(
            @TempDir Path folder) throws Exception {
        List<String> refusals = new CopyOnWriteArrayList<>();
        SSLContext keys = selfSigned(folder);
        try (SSLServerSocket server = (SSLServerSocket)
                        keys.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
                AwsHttp http = AwsHttp.within(Duration.ofSeconds(30))) {
            SSLParameters parameters = server.getSSLParameters();
            parameters.setNamedGroups(new String[] {"secp256r1"});
            server.setSSLParameters(parameters);
            Thread serving = Thread.startVirtualThread(() -> shakeHandsTwice(server, refusals));

            String address = "https://127.0.0.1:" + server.getLocalPort();
            assertThatThrownBy(() -> body(http, address)).isInstanceOf(SSLException.class);
            assertThatThrownBy(() -> body(http, address))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("PKIX path building failed");
            serving.join();
        }
        assertThat(refusals).hasSize(2);
        assertThat(refusals.getLast()).contains("certificate_unknown");
    }

    private static void shakeHandsTwice(SSLServerSocket server, List<String> refusals) {
        for (int time = 0; time < 2; time++) {
            try (SSLSocket caller = (SSLSocket) server.accept()) {
                caller.startHandshake();
                caller.getInputStream().read();
            } catch (IOException e) {
                refusals.add(String.valueOf(e.getMessage()));
            }
        }
    }

    @Test
    void givenAwsItself_thenEachServiceIsToBeFoundByTheRegion_andAnEndpointThatWasGivenIsLeftAlone() {
        Map<String, String> frankfurt = Map.of("AWS_REGION", "eu-central-1");
        assertThat(Ahead.address(frankfurt, "ecs")).contains(URI.create("https://ecs.eu-central-1.amazonaws.com/ping"));
        assertThat(Ahead.address(Map.of("AWS_REGION", "cn-north-1"), "sqs"))
                .contains(URI.create("https://sqs.cn-north-1.amazonaws.com.cn/ping"));
        assertThat(Ahead.address(Map.of(), "ecs")).isEmpty();
        assertThat(Ahead.address(Map.of("AWS_REGION", "no region"), "ecs")).isEmpty();
        assertThat(Ahead.address(
                        Map.of("AWS_REGION", "eu-central-1", "AWS_ENDPOINT_URL_ECS", "https://127.0.0.1:1"), "ecs"))
                .isEmpty();
        assertThat(Ahead.isAws(frankfurt, "DYNAMODB")).isTrue();
        assertThat(Ahead.isAws(Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:1"), "DYNAMODB"))
                .isFalse();
    }

    private static SSLContext selfSigned(Path folder) throws Exception {
        Path store = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store)) {
            keys.load(file, PASSWORD);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
