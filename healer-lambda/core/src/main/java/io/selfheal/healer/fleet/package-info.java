/** The services and tasks that can be healed, how they are read and what can be done to them. Knows no alert and no policy. */
@NullMarked
package io.selfheal.healer.fleet;

import org.jspecify.annotations.NullMarked;
