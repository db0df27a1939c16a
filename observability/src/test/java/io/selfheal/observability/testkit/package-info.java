/** What the tests of other modules hold their output against. */
@NullMarked
package io.selfheal.observability.testkit;

import org.jspecify.annotations.NullMarked;
