/** Measurements that are run by hand; nothing here is a test, and no test looks at a clock. */
@NullMarked
package io.selfheal.healer.server.bench;

import org.jspecify.annotations.NullMarked;
