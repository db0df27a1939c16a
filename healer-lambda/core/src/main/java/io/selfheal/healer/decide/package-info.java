/** What to do about an incident, as a pure function of what is known. No clock, no port, no randomness; knows no engine. */
@NullMarked
package io.selfheal.healer.decide;

import org.jspecify.annotations.NullMarked;
