/** What a human holds in hand over the healer: pauses with a reason and an end, silences, and storms that a person ends. Knows no incident. */
@NullMarked
package io.selfheal.healer.control;

import org.jspecify.annotations.NullMarked;
