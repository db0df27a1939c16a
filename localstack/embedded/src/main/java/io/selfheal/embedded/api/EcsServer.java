package io.selfheal.embedded.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.selfheal.embedded.engine.Engine;
import io.selfheal.embedded.wire.AwsException;
import io.selfheal.embedded.wire.Fields;
import io.selfheal.embedded.wire.Json;
import io.selfheal.embedded.wire.Query;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Answers HTTP requests. */
public final class EcsServer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(EcsServer.class.getName());
    private static final String AWS_JSON = "application/x-amz-json-1.1";
    private static final String JSON = "application/json";
    private static final String XML = "text/xml";
    /** Far above any request that ECS knows. */
    private static final int MAX_BODY_BYTES = 4 << 20;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Dispatcher dispatcher;
    private final Metadata metadata;
    private final Faults faults = new Faults();
    private final boolean faultsAllowed;
    private final HostRule hosts;
    private final Supplier<String> ids;

    /**
     * Prepares a server.
     *
     * @param server bound, not started
     */
    public EcsServer(HttpServer server, Engine engine, boolean faultsAllowed, Supplier<String> ids) {
        this.server = server;
        this.faultsAllowed = faultsAllowed;
        this.ids = ids;
        this.hosts = new HostRule(server.getAddress());
        this.dispatcher = new Dispatcher(engine, faults);
        this.metadata = new Metadata(engine);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    public void start() {
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        // Not try-with-resources: that would close the exchange before an error could be answered.
        try {
            route(exchange);
        } catch (AwsException e) {
            answerError(exchange, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a request failed", e);
            answerError(exchange, new AwsException("ServerException", 500, "Unexpected failure."));
        } finally {
            exchange.close();
        }
    }

    private void route(HttpExchange exchange) throws IOException, InterruptedException {
        hosts.check(exchange.getRequestHeaders());
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/_embedded/health")) {
            answer(exchange, 200, JSON, Json.object().put("status", "UP"));
        } else if (path.equals("/_embedded/faults") && faultsAllowed) {
            answer(exchange, 200, JSON, faults(exchange));
        } else if (path.startsWith("/v4/")) {
            Optional<ObjectNode> found = metadata.find(path);
            answer(exchange, found.isPresent() ? 200 : 404, JSON, found.orElseGet(Json::object));
        } else if (path.equals("/") && exchange.getRequestMethod().equals("POST") && isQuery(exchange)) {
            query(exchange);
        } else if (path.equals("/") && exchange.getRequestMethod().equals("POST")) {
            call(exchange);
        } else {
            throw new AwsException("UnknownOperationException", 404, "There is nothing at " + path + ".");
        }
    }

    private static boolean isQuery(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        String type = headers.getFirst("Content-Type");
        return type != null && type.startsWith(Query.FORM) && !headers.containsKey("X-Amz-Target");
    }

    private void call(HttpExchange exchange) throws IOException, InterruptedException {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        byte[] body = body(exchange);
        Optional<ObjectNode> answer = dispatcher.call(target == null ? "" : target, body);
        if (answer.isPresent()) {
            answer(exchange, 200, AWS_JSON, answer.get());
        }
    }

    /** Elastic Load Balancing: its errors, too, are XML. */
    private void query(HttpExchange exchange) throws IOException, InterruptedException {
        String id = ids.get();
        try {
            Fields request = Query.parse(body(exchange));
            String action = request.text("Action").orElse("");
            request.json().remove(List.of("Action", "Version"));
            Optional<ObjectNode> answer = dispatcher.query(action, request);
            if (answer.isPresent()) {
                send(exchange, 200, XML, Query.answer(action, answer.get(), id));
            }
        } catch (AwsException e) {
            send(exchange, e.status(), XML, Query.error(e, id));
        }
    }

    private ObjectNode faults(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestMethod()) {
            case "POST" -> faults.add(Fault.of(Json.parse(body(exchange))));
            case "DELETE" -> faults.clear();
            default -> {}
        }
        return faults.json();
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            // A client that still sends would see a broken connection instead of the answer.
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            throw new AwsException("RequestEntityTooLargeException", 413, "The request is larger than 4 MiB.");
        }
        return body;
    }

    private void answerError(HttpExchange exchange, AwsException e) throws IOException {
        ObjectNode error = Json.object().put("__type", e.code()).put("message", e.getMessage());
        exchange.getResponseHeaders().set("x-amzn-ErrorType", e.code());
        answer(exchange, e.status(), AWS_JSON, error);
    }

    private void answer(HttpExchange exchange, int status, String type, ObjectNode body) throws IOException {
        send(exchange, status, type, Json.bytes(body));
    }

    private void send(HttpExchange exchange, int status, String type, byte[] bytes) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("x-amzn-RequestId", ids.get());
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
