package io.selfheal.observability.dashboard;

import java.util.List;

/**
 * One panel.
 *
 * @param unit as Grafana names it: s, reqps, percentunit, short, bytes, currencyUSD
 * @param means what is shown and by which formula, for the panel's (i)
 */
record Panel(String title, Kind kind, String unit, String means, List<Query> queries) {
    /** How it looks, how wide it is (of 24), how tall, and who is asked. */
    enum Kind {
        NUMBER("stat", 6, 4, "prometheus", true),
        GAUGE("gauge", 6, 4, "prometheus", true),
        LINES("timeseries", 12, 8, "prometheus", false),
        /** Lines with the traces of single requests on them. */
        EXEMPLARS("timeseries", 12, 8, "prometheus", false),
        TABLE("table", 12, 8, "prometheus", true),
        LOGS("logs", 24, 10, "loki", false);

        private final String type;
        private final int width;
        private final int height;
        private final String datasource;
        private final boolean instant;

        Kind(String type, int width, int height, String datasource, boolean instant) {
            this.type = type;
            this.width = width;
            this.height = height;
            this.datasource = datasource;
            this.instant = instant;
        }

        String type() {
            return type;
        }

        int width() {
            return width;
        }

        int height() {
            return height;
        }

        String datasource() {
            return datasource;
        }

        boolean instant() {
            return instant;
        }
    }

    Panel {
        queries = List.copyOf(queries);
        if (title.isBlank() || means.isBlank() || queries.isEmpty()) {
            throw new IllegalArgumentException("a panel needs a title, a meaning and a query; has '" + title + "'");
        }
    }

    static Panel of(Kind kind, String title, String unit, String means, Query... queries) {
        return new Panel(title, kind, unit, means, List.of(queries));
    }
}
