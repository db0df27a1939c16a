/** The one open story of a service, its states, its history, and where both are kept. Knows no decision and no policy. */
@NullMarked
package io.selfheal.healer.incident;

import org.jspecify.annotations.NullMarked;
