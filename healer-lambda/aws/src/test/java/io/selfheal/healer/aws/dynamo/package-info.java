@NullMarked
package io.selfheal.healer.aws.dynamo;

import org.jspecify.annotations.NullMarked;
