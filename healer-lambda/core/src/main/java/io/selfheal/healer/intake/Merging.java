package io.selfheal.healer.intake;

import io.selfheal.healer.signal.Signal;
import java.util.ArrayList;
import java.util.List;

/** Several messages as one answer. */
final class Merging {
    // Reasons are for a person to read; the count says the rest.
    private static final int MAX_REASONS = 20;

    private Merging() {}

    /** What was refused of a batch counts as ignored beside what was accepted; nothing accepted is refused as a whole. */
    static Parsed of(List<Delivery> deliveries) {
        if (deliveries.size() == 1) {
            return deliveries.getFirst().parsed();
        }
        List<Signal> signals = new ArrayList<>();
        List<String> why = new ArrayList<>();
        int ignored = 0;
        int refused = 0;
        for (Delivery delivery : deliveries) {
            switch (delivery.parsed()) {
                case Parsed.Accepted accepted -> {
                    signals.addAll(accepted.signals());
                    ignored += accepted.ignored();
                    why.addAll(accepted.why());
                }
                case Parsed.Refused(String reason) -> {
                    refused++;
                    why.add("message " + Brief.of(delivery.messageId()) + ": " + reason);
                }
            }
        }
        List<String> reasons = why.subList(0, Math.min(MAX_REASONS, why.size()));
        return refused == deliveries.size()
                ? new Parsed.Refused("none of " + refused + " messages: " + String.join("; ", reasons))
                : new Parsed.Accepted(signals, ignored + refused, reasons);
    }
}
