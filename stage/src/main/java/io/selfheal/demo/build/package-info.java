/**
 * Whether the programs have to be built before the demo starts. Asked by {@code ./demo} and {@code demo.cmd}, so that both know the same.
 */
@NullMarked
package io.selfheal.demo.build;

import org.jspecify.annotations.NullMarked;
