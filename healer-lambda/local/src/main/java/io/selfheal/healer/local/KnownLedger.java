package io.selfheal.healer.local;

import io.selfheal.healer.incident.ActionRecord;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The ledger as it was last read, or made by a claim from here. Each action is entered in one transaction with the counting up
 * of the version, so the same version is the same actions: the version that the database holds is always what counts, and
 * only the reading of the rows is spared. Thread-safe.
 */
final class KnownLedger {
    /** Others may ask for a little more than the last one did, their clock having been read before. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    private static final Comparator<ActionRecord> ORDER = Comparator.comparing(ActionRecord::at)
            .thenComparing(record -> record.incident().value())
            .thenComparing(ActionRecord::attempt);

    private record Known(long version, Instant since, List<ActionRecord> actions) {}

    private Optional<Known> last = Optional.empty();
    private Instant asked = Instant.MIN;

    /** Empty: it is not known at this version, or not from then on. */
    synchronized Optional<Ledger> at(long version, Instant since) {
        asked = asStored(since);
        return last.filter(known -> known.version() == version)
                .filter(known -> !known.since().isAfter(asked))
                .map(known -> new Ledger(version, from(asked, known.actions())));
    }

    synchronized void read(Ledger ledger, Instant since) {
        last = Optional.of(new Known(ledger.version(), asStored(since), ledger.actions()));
    }

    /** To be called once the claim is committed. */
    synchronized void claimed(Change.Claim claim) {
        last = last.filter(known -> known.version() == claim.ledgerVersion()).map(known -> with(known, claim.record()));
    }

    private Known with(Known before, ActionRecord record) {
        Instant forgotten = asked.minus(SLACK);
        Instant since = forgotten.isAfter(before.since()) ? forgotten : before.since();
        List<ActionRecord> actions = new ArrayList<>(from(since, before.actions()));
        actions.add(asStored(record));
        actions.sort(ORDER);
        return new Known(before.version() + 1, since, actions);
    }

    private static List<ActionRecord> from(Instant since, List<ActionRecord> actions) {
        return actions.stream().filter(one -> !one.at().isBefore(since)).toList();
    }

    /** A column holds microseconds. */
    private static ActionRecord asStored(ActionRecord record) {
        return new ActionRecord(
                record.incident(),
                record.attempt(),
                record.service(),
                record.task(),
                record.kind(),
                asStored(record.at()));
    }

    private static Instant asStored(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }
}
