/** What is gathered about a service before it is acted on, beyond its tasks and their health. Knows no incident and no policy. */
@NullMarked
package io.selfheal.healer.evidence;

import org.jspecify.annotations.NullMarked;
