package io.selfheal.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Some who ask without a pause, each on a connection that is kept alive; a POST, which their client never repeats by itself. */
final class Customers implements AutoCloseable {
    private static final int COUNT = 6;

    private final URI uri;
    private final AtomicBoolean over = new AtomicBoolean();
    private final ConcurrentLinkedQueue<String> answers = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<HttpClient> clients = Stream.generate(() ->
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build())
            .limit(COUNT)
            .toList();

    Customers(int port) {
        this.uri = URI.create("http://127.0.0.1:" + port + "/");
        clients.forEach(client -> threads.execute(() -> ask(client)));
    }

    private void ask(HttpClient client) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofString("hello"))
                .build();
        while (!over.get()) {
            try {
                HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
                (answer.statusCode() == 200 ? answers : failures).add(answer.body());
            } catch (IOException e) {
                failures.add(e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Forgets the answers so far and waits for so many more. */
    List<String> next(int count) {
        answers.clear();
        Await.until(count + " answers", answers::size, n -> n >= count);
        return List.copyOf(answers);
    }

    /** What went wrong since the beginning. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        over.set(true);
        threads.close();
        clients.forEach(HttpClient::close);
    }
}
