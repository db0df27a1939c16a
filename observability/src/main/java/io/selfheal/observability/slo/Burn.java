package io.selfheal.observability.slo;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/**
 * How fast the budget of 30 days burns, and who has to know. The long window is the evidence, the short one ends the
 * alert soon after its cause. Factor = share of the budget * 30 days / long window.
 */
enum Burn {
    /** 2 % of the budget in an hour; all of it in two days. */
    PAGE_FAST("14.4", "1h", "5m", Severity.PAGE),
    /** 5 % of the budget in six hours; all of it in five days. */
    PAGE_SLOW("6", "6h", "30m", Severity.PAGE),
    /** 10 % of the budget in a day; all of it in ten days. */
    TICKET_FAST("3", "1d", "2h", Severity.TICKET),
    /** 10 % of the budget in three days; all of it in thirty days. */
    TICKET_SLOW("1", "3d", "6h", Severity.TICKET);

    /** Who is told, and how soon they have to look. */
    enum Severity {
        PAGE("page", "SloBurnPage"),
        TICKET("ticket", "SloBurnTicket");

        private final String label;
        private final String alert;

        Severity(String label, String alert) {
            this.label = label;
            this.alert = alert;
        }

        String label() {
            return label;
        }

        String alert() {
            return alert;
        }

        List<Burn> burns() {
            return Arrays.stream(Burn.values())
                    .filter(burn -> burn.severity == this)
                    .toList();
        }
    }

    private final BigDecimal factor;
    private final String longWindow;
    private final String shortWindow;
    private final Severity severity;

    Burn(String factor, String longWindow, String shortWindow, Severity severity) {
        this.factor = new BigDecimal(factor);
        this.longWindow = longWindow;
        this.shortWindow = shortWindow;
        this.severity = severity;
    }

    BigDecimal factor() {
        return factor;
    }

    /** As the SLO's own clock names it; {@link Pace} says how long it is. */
    String longWindow() {
        return longWindow;
    }

    String shortWindow() {
        return shortWindow;
    }

    Severity severity() {
        return severity;
    }
}
