/**
 * Makes the JDK AOT caches of the programs by training runs at the end of the build.
 */
@NullMarked
package io.selfheal.demo.aot;

import org.jspecify.annotations.NullMarked;
