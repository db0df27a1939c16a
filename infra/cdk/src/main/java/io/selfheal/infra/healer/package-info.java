/** The healer, as a Lambda function or as a container, and everything that feeds it. */
@NullMarked
package io.selfheal.infra.healer;

import org.jspecify.annotations.NullMarked;
