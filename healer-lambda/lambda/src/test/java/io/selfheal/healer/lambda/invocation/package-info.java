@NullMarked
package io.selfheal.healer.lambda.invocation;

import org.jspecify.annotations.NullMarked;
