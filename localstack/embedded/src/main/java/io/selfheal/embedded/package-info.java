/** The embedded ECS endpoint: as a program and, for tests, inside another one. */
@NullMarked
package io.selfheal.embedded;

import org.jspecify.annotations.NullMarked;
