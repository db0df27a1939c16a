/**
 * Service level objectives: from one OpenSLO file per service to the rules of Prometheus, their tests, and the alarms of
 * CloudWatch. It knows the shape of those texts and nothing of who loads them.
 */
@NullMarked
package io.selfheal.observability.slo;

import org.jspecify.annotations.NullMarked;
