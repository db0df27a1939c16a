/** The users of the shop: who may order. It knows neither products nor orders. */
@NullMarked
package io.selfheal.shop.user;

import org.jspecify.annotations.NullMarked;
