/** What the function sends to queues: messages that wake it up again, and events that nobody can read. Knows no engine. */
@NullMarked
package io.selfheal.healer.lambda.queue;

import org.jspecify.annotations.NullMarked;
