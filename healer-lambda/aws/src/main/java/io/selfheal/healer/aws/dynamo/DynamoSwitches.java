package io.selfheal.healer.aws.dynamo;

import io.selfheal.healer.control.Pause;
import io.selfheal.healer.control.Switches;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.StoreUnavailableException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The pauses in the same table as the incidents: all healers on it share them. Whether one has ended, the time tells. */
public final class DynamoSwitches implements Switches {
    private static final int KEPT_DAYS = 7;

    private final DynamoTable table;

    public DynamoSwitches(DynamoTable table) {
        this.table = table;
    }

    @Override
    public Fact<List<Pause>> active(Instant now) {
        try {
            return new Fact.Known<>(
                    table.query("pauses", Ranges.whole(Keys.PAUSES), Integer.MAX_VALUE).stream()
                            .map(DynamoSwitches::pause)
                            .filter(pause -> now.isBefore(pause.until()))
                            .sorted(Comparator.comparing(Pause::since))
                            .toList(),
                    now);
        } catch (StoreUnavailableException unreadable) {
            return new Fact.Unknown<>("pauses: " + unreadable.getMessage());
        }
    }

    @Override
    public void pause(Pause pause) {
        Item item = Item.at(key(pause.service()))
                .with("reason", pause.reason())
                .with("owner", pause.owner())
                .with("since", pause.since())
                .with("until", pause.until())
                .with(Keys.EXPIRES, Keys.expires(pause.until(), KEPT_DAYS));
        table.call(
                "pause",
                client -> client.putItem(
                        request -> request.tableName(table.name()).item(item.map())));
    }

    @Override
    public boolean resume(Optional<ServiceId> scope) {
        // Asked first: a repeated deletion cannot tell whether the one before it found anything.
        boolean paused = table.get("resume", key(scope)).isPresent();
        if (paused) {
            table.call(
                    "resume",
                    client -> client.deleteItem(
                            request -> request.tableName(table.name()).key(DynamoTable.primary(key(scope)))));
        }
        return paused;
    }

    private static Pause pause(Item item) {
        String scope = item.text(Keys.SK);
        return new Pause(
                scope.equals(Keys.EVERYWHERE) ? Optional.empty() : Optional.of(ServiceId.parse(scope)),
                item.text("reason"),
                item.text("owner"),
                item.time("since"),
                item.time("until"));
    }

    private static ItemKey key(Optional<ServiceId> scope) {
        return new ItemKey(Keys.PAUSES, scope.map(ServiceId::toString).orElse(Keys.EVERYWHERE));
    }
}
