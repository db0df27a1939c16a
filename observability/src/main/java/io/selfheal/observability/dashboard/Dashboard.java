package io.selfheal.observability.dashboard;

import java.util.List;

/**
 * One dashboard.
 *
 * @param uid stable: links and bookmarks hold it
 * @param perService with a choice of the service, {@code $service} in the queries
 * @param constants prices and sizes that a reader can change, {@code $name} in the queries
 */
record Dashboard(String uid, String title, String about, boolean perService, List<Constant> constants, List<Row> rows) {

    /** A number with its default, to be changed in Grafana. */
    record Constant(String name, String label, String value) {}

    record Row(String title, List<Panel> panels) {
        Row {
            panels = List.copyOf(panels);
        }

        static Row of(String title, Panel... panels) {
            return new Row(title, List.of(panels));
        }
    }

    Dashboard {
        constants = List.copyOf(constants);
        rows = List.copyOf(rows);
    }
}
