package io.selfheal.healer.aws.dynamo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Stands in front of DynamoDB and loses answers: the request is carried out, and the caller never hears of it. */
final class LossyProxy implements AutoCloseable {
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI target;
    private final AtomicInteger lost = new AtomicInteger();
    private volatile Predicate<String> losing = _ -> false;
    private volatile int toLose;
    private volatile boolean forgetful;

    LossyProxy(URI target) {
        this.target = target;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::forward);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on loses so many answers to these operations. */
    void lose(int answers, String... operations) {
        List<String> named = List.of(operations);
        losing = operation -> named.isEmpty() || named.contains(operation);
        lost.set(0);
        toLose = answers;
    }

    /** From now on a repeated request is a request of its own, as if DynamoDB had forgotten its idempotency token. */
    void forgetTokens() {
        forgetful = true;
    }

    int lost() {
        return lost.get();
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpResponse<byte[]> answer = client.send(request(exchange), HttpResponse.BodyHandlers.ofByteArray());
            String operation =
                    exchange.getRequestHeaders().getFirst("X-Amz-Target").replaceAll(".*\\.", "");
            if (losing.test(operation) && lost.incrementAndGet() <= toLose) {
                return;
            }
            answer.headers().firstValue("content-type").ifPresent(type -> exchange.getResponseHeaders()
                    .set("Content-Type", type));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String sent = forgetful ? body.replaceAll(",?\"ClientRequestToken\":\"[^\"]*\"", "") : body;
        HttpRequest.Builder request = HttpRequest.newBuilder(target).POST(HttpRequest.BodyPublishers.ofString(sent));
        for (String name : List.of("X-Amz-Target", "Content-Type", "Authorization", "X-Amz-Date")) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        return request.build();
    }
}
