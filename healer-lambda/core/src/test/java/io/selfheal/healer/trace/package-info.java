@NullMarked
package io.selfheal.healer.trace;

import org.jspecify.annotations.NullMarked;
