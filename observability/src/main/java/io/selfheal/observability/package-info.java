/**
 * Renders the configuration of Prometheus and Alertmanager, and the alert rules, from one source for two profiles. It
 * writes files and knows nothing of processes, of the healer's code or of the shop's: only the names in their contract.
 */
@NullMarked
package io.selfheal.observability;

import org.jspecify.annotations.NullMarked;
