package io.selfheal.healer.aws.dynamo;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentId;
import io.selfheal.healer.incident.Opening;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What stands about a service in one item, so that one read tells all of one moment: its count of incidents, the open one,
 * and the times of the newest.
 */
record ServiceItem(
        ServiceId service,
        long incidents,
        Optional<IncidentId> open,
        Optional<IncidentId> last,
        Map<String, AttributeValue> recent) {
    /** So many openings tell whether a service flaps; older ones are read along the index. */
    static final int KEPT = 40;

    static ServiceItem of(ServiceId service, Optional<Item> item) {
        return item.map(there -> new ServiceItem(
                        service,
                        there.number("incidents"),
                        there.textIfThere("openId").map(IncidentId::new),
                        there.textIfThere("lastId").map(IncidentId::new),
                        there.entries("recent")))
                .orElse(new ServiceItem(service, 0, Optional.empty(), Optional.empty(), Map.of()));
    }

    /** The item when this incident follows. */
    Item after(Incident next) {
        Map<String, AttributeValue> times = new LinkedHashMap<>(recent);
        while (times.size() >= KEPT) {
            times.entrySet().stream()
                    .min(Comparator.comparing(one -> opening(one.getValue()).at()))
                    .ifPresent(oldest -> times.remove(oldest.getKey()));
        }
        Item opening = Item.empty().with("openedAt", next.detectedAt());
        if (next.state().over()) {
            opening.with("endedAt", next.updatedAt());
        }
        times.put(next.id().value(), AttributeValue.fromM(opening.map()));
        Item item = Item.at(Keys.service(service))
                .with("service", service.toString())
                .with("incidents", incidents + 1)
                .with("lastId", next.id().value())
                .with("recent", times);
        return next.state().over() ? item : item.with("openId", next.id().value());
    }

    /** Newest first. */
    List<Opening> openings() {
        return recent.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, AttributeValue> one) ->
                                opening(one.getValue()).at())
                        .thenComparing(Map.Entry::getKey)
                        .reversed())
                .map(one -> opening(one.getValue()))
                .toList();
    }

    private Opening opening(AttributeValue times) {
        Item item = Item.of(times.m());
        return new Opening(service, item.time("openedAt"), item.timeIfThere("endedAt"));
    }
}
