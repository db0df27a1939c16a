@NullMarked
package io.selfheal.healer.aws.http;

import org.jspecify.annotations.NullMarked;
