package io.selfheal.healer.aws.dynamo;

import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.IncidentArchive.Page;
import io.selfheal.healer.incident.IncidentArchive.Window;
import io.selfheal.healer.incident.IncidentCodec;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the entries about signals, page by page along the index of their times. An entry never changes once it is there. */
final class DynamoSignals {
    /** Where an entry lies on its line: time, incident and position. */
    private static final Pattern PLACE = Pattern.compile("[0-9]{4}-[0-9T:.-]{24}Z#[A-Za-z0-9-]{1,64}#[0-9]{12}");

    private final DynamoTable table;

    DynamoSignals(DynamoTable table) {
        this.table = table;
    }

    Page read(Window window) {
        String from = window.after().map(DynamoSignals::behind).orElse(Keys.time(window.since()));
        String to = Keys.time(window.until());
        if (from.compareTo(to) >= 0) {
            return new Page(List.of(), Optional.empty());
        }
        List<Item> found = found(window, from, to);
        List<Item> page = found.stream().limit(window.limit()).toList();
        return new Page(
                entries(page),
                found.size() > page.size() ? Optional.of(page.getLast().text(Keys.AT)) : Optional.empty());
    }

    /** One more than asked, where there are more. */
    private List<Item> found(Window window, String from, String to) {
        int wanted = window.limit() + 1;
        List<String> lines =
                window.service().map(service -> List.of(Keys.signals(service))).orElse(Keys.all("signals#"));
        return table
                .queryAll(
                        "signals",
                        lines,
                        line -> Ranges.ofIndex(line, from, to),
                        window.service().isPresent() ? Integer.MAX_VALUE : wanted)
                .stream()
                .filter(item -> window.service()
                        .map(service -> service.toString().equals(item.text("service")))
                        .orElse(true))
                .sorted(Comparator.comparing(item -> item.text(Keys.AT)))
                .limit(wanted)
                .toList();
    }

    /** The index holds no texts: they are read by their keys. */
    private List<HistoryEntry> entries(List<Item> places) {
        List<ItemKey> keys = places.stream()
                .map(item -> new ItemKey(item.text(Keys.PK), item.text(Keys.SK)))
                .toList();
        Map<ItemKey, Item> items = table.getAll("signals", keys);
        return keys.stream()
                .map(items::get)
                .filter(java.util.Objects::nonNull)
                .map(item -> IncidentCodec.readEntry(item.text("entry")))
                .toList();
    }

    private static String behind(String place) {
        if (!PLACE.matcher(place).matches()) {
            throw new IllegalArgumentException("after: not the end of a page: '" + place + "'");
        }
        return place + "!";
    }
}
