@NullMarked
package io.selfheal.healer.aws.sns;

import org.jspecify.annotations.NullMarked;
