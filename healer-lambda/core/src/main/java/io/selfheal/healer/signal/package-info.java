/** What arrived: alerts that fire or resolve and events of the fleet, in one vocabulary whatever the sender. Knows no incident. */
@NullMarked
package io.selfheal.healer.signal;

import org.jspecify.annotations.NullMarked;
