/** Grafana's dashboards from compact definitions: titles, queries and units here, the rest of the JSON in one place. */
@NullMarked
package io.selfheal.observability.dashboard;

import org.jspecify.annotations.NullMarked;
