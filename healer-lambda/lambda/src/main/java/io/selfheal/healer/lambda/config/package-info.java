/** What the operator may choose, read from the environment and checked before anything starts. Knows no adapter and no event. */
@NullMarked
package io.selfheal.healer.lambda.config;

import org.jspecify.annotations.NullMarked;
