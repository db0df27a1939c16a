/** What the healer would do, tried on paper: one alert explained, a recorded history replayed. Knows no port and no shell. */
@NullMarked
package io.selfheal.healer.rehearsal;

import org.jspecify.annotations.NullMarked;
