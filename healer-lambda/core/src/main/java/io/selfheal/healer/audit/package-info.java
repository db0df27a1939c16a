/** Whether a stored history is the one that was written: reads it as it lies in the store and says what does not fit. */
@NullMarked
package io.selfheal.healer.audit;

import org.jspecify.annotations.NullMarked;
