/** CloudWatch alarms: reads a change of state in any of its three forms and finds the service that it is about. Knows no envelope and no incident. */
@NullMarked
package io.selfheal.healer.alarm;

import org.jspecify.annotations.NullMarked;
