/** What a person can do about an answer of AWS: pure words, for all adapters. Knows no service and no client. */
@NullMarked
package io.selfheal.healer.aws.advice;

import org.jspecify.annotations.NullMarked;
