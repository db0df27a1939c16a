/** Turns what arrives into signals, whatever the sender's format, or says why not. Never throws for bad input. Knows no incident. */
@NullMarked
package io.selfheal.healer.intake;

import org.jspecify.annotations.NullMarked;
