/**
 * The one registry of everything the stage started: children die with it, whatever kills it. Knows nothing about what the children are.
 */
@NullMarked
package io.selfheal.demo.process;

import org.jspecify.annotations.NullMarked;
