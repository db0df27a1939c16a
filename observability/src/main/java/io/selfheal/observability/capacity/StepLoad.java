package io.selfheal.observability.capacity;

import io.selfheal.observability.capacity.ScalabilityLaw.Step;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Users who ask, wait for the answer, and ask again at once: one, then two, then four at a time. */
final class StepLoad {
    private static final Duration LAST_ANSWER = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LAST_ANSWER).build();
    private final HttpRequest request;
    private final Duration perStep;

    StepLoad(URI address, Duration perStep) {
        this.request = HttpRequest.newBuilder(address).timeout(LAST_ANSWER).build();
        this.perStep = perStep;
    }

    List<Step> run(List<Integer> users) throws InterruptedException {
        List<Step> steps = new ArrayList<>();
        for (int count : users) {
            steps.add(new Step(count, throughput(count)));
        }
        return steps;
    }

    private double throughput(int users) throws InterruptedException {
        LongAdder answers = new LongAdder();
        long start = System.nanoTime();
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < users; i++) {
                crowd.execute(() -> ask(start + perStep.toNanos(), answers));
            }
            crowd.shutdown();
            if (!crowd.awaitTermination(
                    perStep.plus(LAST_ANSWER.multipliedBy(3)).toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        users + " users did not get their answers in time from " + request.uri());
            }
        }
        if (answers.sum() == 0) {
            throw new IllegalStateException(
                    "no request to " + request.uri() + " was answered with 2xx; is the shop up?");
        }
        return answers.sum() * 1e9 / (System.nanoTime() - start);
    }

    /** Until the step is over; where nothing was answered by then, a little longer. */
    private void ask(long end, LongAdder answers) {
        try {
            long now = System.nanoTime();
            while (now < end || (answers.sum() == 0 && now < end + LAST_ANSWER.toNanos())) {
                if (http.send(request, BodyHandlers.discarding()).statusCode() / 100 == 2) {
                    answers.increment();
                }
                now = System.nanoTime();
            }
        } catch (IOException e) {
            // This user is gone, and the step's throughput says so.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
