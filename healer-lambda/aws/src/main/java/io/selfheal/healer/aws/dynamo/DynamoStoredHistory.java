package io.selfheal.healer.aws.dynamo;

import io.selfheal.healer.audit.StoredHistory;
import io.selfheal.healer.audit.StoredIncident;
import io.selfheal.healer.audit.StoredIncident.StoredEntry;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentCodec;
import io.selfheal.healer.incident.IncidentId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/**
 * The history as it lies in the table. It reads the whole table, which is for a person who asks, not for healing. DynamoDB has no
 * snapshot: an incident that is saved while it is read is read again, and one that is opened meanwhile is left to the next time.
 */
public final class DynamoStoredHistory implements StoredHistory {
    private static final int MOST_READINGS = 20;

    private final DynamoTable table;

    public DynamoStoredHistory(DynamoTable table) {
        this.table = table;
    }

    private record Place(String service, long ordinal, IncidentId id) {}

    @Override
    public void tell(Reader reader) {
        reader.unchainedUpTo(0);
        // The counts first: who is opened later is known by a number beyond them.
        Map<String, Long> counts = counts();
        counts.forEach(reader::service);
        scan("incident", "pk, service, ordinal").stream()
                .map(DynamoStoredHistory::place)
                .sorted(Comparator.comparing(Place::service)
                        .thenComparing(Place::ordinal)
                        .thenComparing(place -> place.id().value()))
                .filter(place -> !openedMeanwhile(place, counts))
                .forEach(place -> reader.incident(incident(place.id())));
    }

    private Map<String, Long> counts() {
        return scan("service", "service, incidents").stream()
                .collect(Collectors.toMap(item -> item.text("service"), item -> item.number("incidents")));
    }

    /** A number beyond the count is a fault, unless the count has grown since. */
    private boolean openedMeanwhile(Place place, Map<String, Long> counts) {
        if (place.ordinal() <= counts.getOrDefault(place.service(), 0L)) {
            return false;
        }
        ServiceId service = ServiceId.parse(place.service());
        return ServiceItem.of(service, table.get("history", Keys.service(service)))
                        .incidents()
                >= place.ordinal();
    }

    private static Place place(Item item) {
        return new Place(
                item.textIfThere("service").orElse(""),
                item.has("ordinal") ? item.number("ordinal") : 0,
                new IncidentId(item.text(Keys.PK).substring("incident#".length())));
    }

    /** Document and entries of one version. */
    private StoredIncident incident(IncidentId id) {
        for (int reading = 0; reading < MOST_READINGS; reading++) {
            Item before = read(id);
            List<Item> entries = table.query(
                    "history",
                    Ranges.ofTable(Keys.incident(id).pk(), Keys.ENTRY, Keys.ENTRY + Keys.END),
                    Integer.MAX_VALUE);
            if (before.map().equals(read(id).map())) {
                return stored(id, before, entries);
            }
        }
        throw DynamoFailure.unavailable(
                "history", "incident " + id + " changes faster than it can be read", new IllegalStateException());
    }

    private Item read(IncidentId id) {
        return table.get("history", Keys.incident(id)).orElseGet(Item::empty);
    }

    private static StoredIncident stored(IncidentId id, Item item, List<Item> entries) {
        String document = item.textIfThere("document").orElse("");
        return new StoredIncident(
                id.value(),
                item.textIfThere("service").orElse(""),
                item.has("ordinal") ? item.number("ordinal") : 0,
                item.textIfThere("previousSeal").orElse(""),
                item.textIfThere("seal").orElse(""),
                document,
                stray(item, document),
                entries.stream().map(DynamoStoredHistory::entry).toList());
    }

    private static StoredEntry entry(Item item) {
        String text = item.textIfThere("entry").orElse("");
        long position = Long.parseLong(item.text(Keys.SK).substring(Keys.ENTRY.length()));
        return new StoredEntry(position, position, item.textIfThere("hash").orElse(""), text, strayOfEntry(item, text));
    }

    /** Attributes beside the document repeat what it says; the document itself has a seal. */
    private static List<String> stray(Item item, String document) {
        Incident incident;
        try {
            incident = IncidentCodec.readIncident(document);
        } catch (RuntimeException unreadable) {
            // The audit finds it by its seal and tells the reason.
            return List.of();
        }
        Item expected = IncidentItems.beside(incident);
        return differing(expected, item, List.of("document", "seal", "ordinal", "previousSeal", DynamoSave.WRITER));
    }

    private static List<String> strayOfEntry(Item item, String text) {
        HistoryEntry entry;
        try {
            entry = IncidentCodec.readEntry(text);
        } catch (RuntimeException unreadable) {
            return List.of("entry");
        }
        long position = Long.parseLong(item.text(Keys.SK).substring(Keys.ENTRY.length()));
        return differing(IncidentItems.beside(entry, position), item, List.of("entry", "hash"));
    }

    private static List<String> differing(Item expected, Item stored, List<String> others) {
        Map<String, AttributeValue> should = expected.map();
        Map<String, AttributeValue> is = stored.map();
        return Stream.concat(should.keySet().stream(), is.keySet().stream())
                .distinct()
                .filter(name -> !others.contains(name))
                .filter(name -> !Objects.equals(should.get(name), is.get(name)))
                .sorted()
                .toList();
    }

    private List<Item> scan(String kind, String attributes) {
        ScanRequest request = ScanRequest.builder()
                .tableName(table.name())
                .consistentRead(true)
                .filterExpression("sk = :kind")
                .projectionExpression(attributes)
                .expressionAttributeValues(Map.of(":kind", AttributeValue.fromS(kind)))
                .build();
        return table.call("history", client -> client.scanPaginator(request).items().stream()
                .map(Item::of)
                .toList());
    }
}
