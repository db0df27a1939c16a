/**
 * The command line of the demo. Knows every other package of the stage; none of them knows it.
 */
@NullMarked
package io.selfheal.demo;

import org.jspecify.annotations.NullMarked;
