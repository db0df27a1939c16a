/** The healer's own eyes: polls the fleet and its tasks, remembers what it saw, and reports tasks that fail. Knows no incident. */
@NullMarked
package io.selfheal.healer.watch;

import org.jspecify.annotations.NullMarked;
