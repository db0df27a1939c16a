/**
 * Orders, each placed once. An order is written down as PENDING before anything else happens, and is then driven to its
 * end by whoever comes by: the request that placed it, a repeat of that request, or the recovery of any instance. Every
 * step may be repeated and run twice at once; what decides is a conditional update of the row, or the answer of
 * {@code product}, which is final per reservation id. It knows users and products only by their ids.
 *
 * <p>Degraded modes: without {@code user}, a user seen before is trusted, and an order of an unseen one is accepted as
 * PENDING and checked later; both answer {@code degraded: true}. Without {@code product} nothing can be promised: 503
 * with Retry-After, and the order stays PENDING until it is settled one way or the other. An instance that is told to do
 * without them (mode {@code degraded}) does not ask at all: without {@code product} it accepts every order as PENDING and
 * settles it afterwards; the time until then does not count towards giving up.
 */
@NullMarked
package io.selfheal.shop.order;

import org.jspecify.annotations.NullMarked;
