/** JSON in and out as trees. Knows nothing of what the trees mean. */
@NullMarked
package io.selfheal.healer.json;

import org.jspecify.annotations.NullMarked;
