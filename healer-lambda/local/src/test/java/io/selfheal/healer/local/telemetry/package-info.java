@NullMarked
package io.selfheal.healer.local.telemetry;

import org.jspecify.annotations.NullMarked;
