package io.selfheal.healer.server.http;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.selfheal.healer.audit.Anchor;
import io.selfheal.healer.audit.AuditReport;
import io.selfheal.healer.audit.HistoryAudit;
import io.selfheal.healer.audit.StoredHistory;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Tells whether the stored history is the one that was written. */
@Controller("/history")
@ExecuteOn(TaskExecutors.BLOCKING)
final class HistoryController {
    private final StoredHistory history;
    // It holds one of the store's few connections while it reads everything: one at a time, whoever asks.
    private final ReentrantLock reading = new ReentrantLock();

    HistoryController(StoredHistory history) {
        this.history = history;
    }

    /**
     * Follows the hash chains of the whole history and names what was changed, removed, added or moved. The heads are worth
     * noting elsewhere: who rewrites everything with fitting hashes is found by them alone.
     *
     * @return the counts, the faults and where each service's history ends
     */
    @Get("/verification")
    Verification verification() {
        if (!reading.tryLock()) {
            throw RequestRefusedException.busy("a verification is going on: ask again when it has ended");
        }
        try {
            return Verification.of(HistoryAudit.of(history));
        } finally {
            reading.unlock();
        }
    }

    /**
     * What a verification found.
     *
     * @param unchained entries from before chains were kept, which nothing proves
     * @param findings the first 100 of the faults
     * @param heads service, number of its latest incident, that incident's id, LENGTH:HASH of its chain
     * @param digest one value for all heads
     */
    @Serdeable
    record Verification(
            boolean sound,
            long incidents,
            long entries,
            long unchained,
            long faults,
            List<String> findings,
            List<String> heads,
            String digest) {
        static Verification of(AuditReport report) {
            return new Verification(
                    report.sound(),
                    report.incidents(),
                    report.entries(),
                    report.unchained(),
                    report.faults(),
                    report.findings().stream().map(Object::toString).toList(),
                    report.heads().stream()
                            .map(AuditReport.Head::anchor)
                            .map(Anchor::toString)
                            .toList(),
                    report.digest());
        }
    }
}
