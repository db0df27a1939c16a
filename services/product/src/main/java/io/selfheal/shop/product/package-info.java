/**
 * The products of the shop and their stock, from which reservations are taken. The stock never goes below zero and each
 * reservation is decided once, however often it is asked for. It knows neither users nor orders.
 */
@NullMarked
package io.selfheal.shop.product;

import org.jspecify.annotations.NullMarked;
