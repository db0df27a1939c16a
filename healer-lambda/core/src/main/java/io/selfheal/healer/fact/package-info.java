/** What the healer read of the world, or why it could not: the value that every port answers with. Knows no port. */
@NullMarked
package io.selfheal.healer.fact;

import org.jspecify.annotations.NullMarked;
