/**
 * Log lines as Lambda takes them: one JSON object each, with the field names of the server. Written here because a logging
 * library costs a cold start more time than all else that is said in it.
 */
@NullMarked
package io.selfheal.healer.lambda.log;

import org.jspecify.annotations.NullMarked;
