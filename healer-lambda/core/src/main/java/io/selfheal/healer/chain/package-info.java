/** Hashes that make a history prove itself: each entry's over the one before it. Knows texts, no incident and no store. */
@NullMarked
package io.selfheal.healer.chain;

import org.jspecify.annotations.NullMarked;
