/**
 * Ways of working that a running instance can be told to take up for a time, by somebody who holds the token: it then goes back by
 * itself, whatever becomes of the caller. Unlike a fault a mode is meant for production. It knows no service's own paths.
 */
@NullMarked
package io.selfheal.shop.kit.mode;

import org.jspecify.annotations.NullMarked;
