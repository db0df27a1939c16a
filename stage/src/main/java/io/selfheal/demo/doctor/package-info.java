/**
 * Looks at the machine before the stage does, and says how to mend what is missing.
 */
@NullMarked
package io.selfheal.demo.doctor;

import org.jspecify.annotations.NullMarked;
