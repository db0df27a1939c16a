/** Requests that a function URL or an API Gateway passes on: who may send, and what is answered. Knows no engine. */
@NullMarked
package io.selfheal.healer.lambda.http;

import org.jspecify.annotations.NullMarked;
