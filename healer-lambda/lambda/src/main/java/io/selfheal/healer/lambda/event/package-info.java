/** Tells events apart by who calls. What is in them, the core's intake finds out. Knows no engine. */
@NullMarked
package io.selfheal.healer.lambda.event;

import org.jspecify.annotations.NullMarked;
