/** The capacity report: live figures of Prometheus and a step load test, each with its formula, as one page. */
@NullMarked
package io.selfheal.observability.capacity;

import org.jspecify.annotations.NullMarked;
