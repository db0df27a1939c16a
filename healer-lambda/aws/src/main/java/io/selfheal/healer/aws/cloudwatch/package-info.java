/** What CloudWatch's metrics tell of a service's tasks. */
@NullMarked
package io.selfheal.healer.aws.cloudwatch;

import org.jspecify.annotations.NullMarked;
