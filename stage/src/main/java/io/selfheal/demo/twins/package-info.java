/**
 * Measures a program of ours beside others that do the same: CPU and allocation for a request, memory, start. Knows how to start each, and
 * nothing of what is inside; what they have to have in common is checked by asking them the same.
 */
@NullMarked
package io.selfheal.demo.twins;

import org.jspecify.annotations.NullMarked;
