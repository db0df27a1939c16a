/**
 * Puts the engine together with the adapters that the three choices (shell, fleet, store) name, and keeps its clock ticking.
 */
@NullMarked
package io.selfheal.healer.server.wiring;

import org.jspecify.annotations.NullMarked;
