/**
 * The users of the shop: real orders and reads at a constant rate, and what they experienced. Knows only the shop's addresses.
 */
@NullMarked
package io.selfheal.demo.load;

import org.jspecify.annotations.NullMarked;
