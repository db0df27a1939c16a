/** Puts core and adapters together by hand: a framework would cost a cold start more than everything else. */
@NullMarked
package io.selfheal.healer.lambda.wiring;

import org.jspecify.annotations.NullMarked;
