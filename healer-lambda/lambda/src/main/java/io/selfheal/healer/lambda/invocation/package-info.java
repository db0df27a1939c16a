/**
 * One call of the function: whatever the engine begins in it ends in it, because the process may stand still as soon as it
 * has answered. Nothing that one call learns is remembered for the next: the store is the memory.
 */
@NullMarked
package io.selfheal.healer.lambda.invocation;

import org.jspecify.annotations.NullMarked;
