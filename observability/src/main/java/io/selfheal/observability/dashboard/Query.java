package io.selfheal.observability.dashboard;

/**
 * One line of a panel.
 *
 * @param legend as Grafana takes it, with {@code {{label}}}
 */
record Query(String expression, String legend) {
    static Query of(String expression, String legend) {
        return new Query(expression.strip(), legend);
    }
}
