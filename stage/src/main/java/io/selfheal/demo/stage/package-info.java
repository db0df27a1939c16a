/**
 * Starts the programs in order, waits until each is healthy, and says clearly why when one is not.
 */
@NullMarked
package io.selfheal.demo.stage;

import org.jspecify.annotations.NullMarked;
