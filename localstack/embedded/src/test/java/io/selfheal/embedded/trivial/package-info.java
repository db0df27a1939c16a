/** For tests of other modules: services of tasks that do nothing, on an embedded endpoint. */
@NullMarked
package io.selfheal.embedded.trivial;

import org.jspecify.annotations.NullMarked;
