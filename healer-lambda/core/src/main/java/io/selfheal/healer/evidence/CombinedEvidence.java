package io.selfheal.healer.evidence;

import io.selfheal.healer.fleet.ServiceId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Several sources as one, asked side by side; what comes later than the time is not known, and nobody waits for it. */
public final class CombinedEvidence implements EvidenceSource {
    /** Of a fault that hurts users each second counts, and a source that takes longer is in trouble itself. */
    public static final Duration TIME = Duration.ofSeconds(3);

    private final List<EvidenceSource> sources;
    private final Executor executor;
    private final Duration time;

    public CombinedEvidence(List<EvidenceSource> sources, Executor executor, Duration time) {
        this.sources = List.copyOf(sources);
        this.executor = executor;
        this.time = time;
    }

    @Override
    public Evidence gather(ServiceId service) {
        List<CompletableFuture<Evidence>> asked = sources.stream()
                .map(source -> CompletableFuture.supplyAsync(() -> source.gather(service), executor)
                        .completeOnTimeout(
                                Evidence.unknown("no answer within " + time.toMillis() + " ms"),
                                time.toMillis(),
                                TimeUnit.MILLISECONDS))
                .toList();
        return asked.stream().map(CombinedEvidence::joined).reduce(Evidence::or).orElseGet(Evidence::untold);
    }

    private static Evidence joined(CompletableFuture<Evidence> asked) {
        try {
            return asked.join();
        } catch (CompletionException broken) {
            return Evidence.unknown("its source broke: " + broken.getCause());
        }
    }
}
