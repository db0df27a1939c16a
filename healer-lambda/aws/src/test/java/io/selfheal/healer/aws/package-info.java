/** Tests of the AWS adapters: against the embedded ECS endpoint, and against recorded answers for what it does not do. */
@NullMarked
package io.selfheal.healer.aws;

import org.jspecify.annotations.NullMarked;
