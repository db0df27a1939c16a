package io.selfheal.healer.aws.dynamo;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.IncidentArchive.Query;
import io.selfheal.healer.incident.IncidentArchive.Spot;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.Opening;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** When which service fell ill. What is decided on is read from the table itself, as it is now. */
final class DynamoOpenings {
    /** Also that of the sort key behind its first word, and of the index. */
    private static final Comparator<Item> NEWEST_FIRST = Comparator.comparing((Item item) -> item.text("openedAt"))
            .thenComparing(DynamoOpenings::id)
            .reversed();

    /** While one ends, the index may hold it twice, and one more may be open. */
    private static final int IN_PASSING = 2;

    private final DynamoTable table;

    DynamoOpenings(DynamoTable table) {
        this.table = table;
    }

    List<Opening> since(Instant since, int limit) {
        return read("openings", Keys.ENDED + Keys.time(since), Keys.OPEN + Keys.END, Integer.MAX_VALUE).stream()
                .limit(limit)
                .map(IncidentItems::opening)
                .toList();
    }

    List<Opening> of(ServiceId service, int limit) {
        ServiceItem item = ServiceItem.of(service, table.get("openings", Keys.service(service)));
        List<Opening> newest = item.openings();
        return (limit <= newest.size() || item.incidents() <= newest.size() ? newest : older(service, newest, limit))
                .stream().limit(limit).toList();
    }

    /** All of those beyond the newest ended long ago, so that the index has them. */
    private List<Opening> older(ServiceId service, List<Opening> newest, int limit) {
        Map<Instant, Opening> all = new LinkedHashMap<>();
        newest.forEach(opening -> all.put(opening.at(), opening));
        along("openings", service, Keys.END, limit).stream()
                .map(IncidentItems::opening)
                .forEach(opening -> all.putIfAbsent(opening.at(), opening));
        return all.values().stream()
                .sorted(Comparator.comparing(Opening::at).reversed())
                .toList();
    }

    /** Ids of incidents, the newest first; whether each is what was asked for has to be seen from the incident. */
    List<IncidentId> ids(Query query) {
        List<Item> items = query.service()
                .map(service -> along("list", service, upTo(query, ""), query.limit() + IN_PASSING + 1))
                .orElseGet(() -> ofAll(query));
        return items.stream()
                .filter(item -> query.after()
                        .map(spot -> !id(item).equals(spot.id().value()))
                        .orElse(true))
                .filter(item ->
                        query.over().map(over -> over == item.has("endedAt")).orElse(true))
                .map(DynamoOpenings::id)
                .distinct()
                .limit(query.limit())
                .map(IncidentId::new)
                .toList();
    }

    private List<Item> ofAll(Query query) {
        List<Item> items = new ArrayList<>();
        if (query.over().map(over -> !over).orElse(true)) {
            items.addAll(read("list", Keys.OPEN, upTo(query, Keys.OPEN), query.limit() + 1));
        }
        if (query.over().orElse(true)) {
            items.addAll(read("list", Keys.ENDED, upTo(query, Keys.ENDED), query.limit() + 1));
        }
        return items.stream().sorted(NEWEST_FIRST).toList();
    }

    /** The newest of each shard, so many at least where it has them. */
    private List<Item> read(String operation, String from, String to, int wanted) {
        return table
                .queryAll(
                        operation,
                        Keys.all("openings#"),
                        partition -> Ranges.newest(Ranges.ofTable(partition, from, to), wanted),
                        wanted)
                .stream()
                .sorted(NEWEST_FIRST)
                .toList();
    }

    private List<Item> along(String operation, ServiceId service, String to, int wanted) {
        return table.query(operation, Ranges.newest(Ranges.ofIndex(Keys.opened(service), "0", to), wanted), wanted);
    }

    /** The bound of a range that ends with the incident behind which the list goes on: that one is still part of it. */
    private static String upTo(Query query, String state) {
        return state + query.after().map(DynamoOpenings::text).orElse(Keys.END);
    }

    private static String text(Spot spot) {
        return Keys.time(spot.openedAt()) + "#" + spot.id();
    }

    private static String id(Item item) {
        return item.text(Keys.SK).substring(item.text(Keys.SK).lastIndexOf('#') + 1);
    }
}
