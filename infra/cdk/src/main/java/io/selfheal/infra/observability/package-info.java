/** Alarms, objectives, dashboards, and who is told. */
@NullMarked
package io.selfheal.infra.observability;

import org.jspecify.annotations.NullMarked;
