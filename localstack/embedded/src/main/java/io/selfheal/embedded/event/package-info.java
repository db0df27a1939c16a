/** Tells others what has happened: EventBridge-shaped JSON to webhooks. Must not hold up whoever reports. */
@NullMarked
package io.selfheal.embedded.event;

import org.jspecify.annotations.NullMarked;
