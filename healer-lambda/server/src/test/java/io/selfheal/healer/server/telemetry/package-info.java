/** Tests of what the healer tells about itself. */
@NullMarked
package io.selfheal.healer.server.telemetry;

import org.jspecify.annotations.NullMarked;
