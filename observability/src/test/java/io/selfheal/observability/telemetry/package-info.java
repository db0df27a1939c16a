@NullMarked
package io.selfheal.observability.telemetry;

import org.jspecify.annotations.NullMarked;
