@NullMarked
package io.selfheal.healer.lambda.config;

import org.jspecify.annotations.NullMarked;
