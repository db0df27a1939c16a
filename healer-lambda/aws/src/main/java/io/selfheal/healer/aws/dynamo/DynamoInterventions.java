package io.selfheal.healer.aws.dynamo;

import io.selfheal.healer.control.Intervention;
import io.selfheal.healer.control.Interventions;
import io.selfheal.healer.fleet.ServiceId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What people told the healer, in the same table as the incidents. A repeated request puts the same item. */
public final class DynamoInterventions implements Interventions {
    private final DynamoTable table;

    public DynamoInterventions(DynamoTable table) {
        this.table = table;
    }

    @Override
    public void add(Intervention told) {
        ItemKey key = new ItemKey(Keys.INTERVENTIONS, Keys.time(told.at()) + "#" + UUID.randomUUID());
        Item item = Item.at(key)
                .with("time", told.at())
                .with("kind", told.kind().name())
                .with("scope", told.service().map(ServiceId::toString).orElse(Keys.EVERYWHERE))
                .with("owner", told.owner())
                .with("reason", told.reason())
                .with("detail", told.detail());
        table.call(
                "add intervention",
                client -> client.putItem(
                        request -> request.tableName(table.name()).item(item.map())));
    }

    @Override
    public List<Intervention> newest(int limit) {
        return table
                .query("interventions", Ranges.newest(Ranges.ofTable(Keys.INTERVENTIONS, "0", Keys.END), limit), limit)
                .stream()
                .limit(limit)
                .map(DynamoInterventions::intervention)
                .toList();
    }

    private static Intervention intervention(Item item) {
        String scope = item.text("scope");
        return new Intervention(
                item.time("time"),
                Intervention.Kind.valueOf(item.text("kind")),
                scope.equals(Keys.EVERYWHERE) ? Optional.empty() : Optional.of(ServiceId.parse(scope)),
                item.text("owner"),
                item.text("reason"),
                item.text("detail"));
    }
}
