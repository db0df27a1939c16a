/**
 * What the three services of the shop share and say only once: common settings, the way they start, and which of their
 * paths are business. It knows nothing of users, products or orders.
 */
@NullMarked
package io.selfheal.shop.kit;

import org.jspecify.annotations.NullMarked;
