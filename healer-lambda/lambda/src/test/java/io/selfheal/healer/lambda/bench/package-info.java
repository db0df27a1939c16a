/** Measurements of the function as a process; see the module's README. */
@NullMarked
package io.selfheal.healer.lambda.bench;

import org.jspecify.annotations.NullMarked;
