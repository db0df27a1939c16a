@NullMarked
package io.selfheal.healer.aws.cloudwatch;

import org.jspecify.annotations.NullMarked;
