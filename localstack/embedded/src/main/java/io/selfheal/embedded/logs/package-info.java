/**
 * What the tasks wrote, as CloudWatch Logs would give it back: groups and streams by the awslogs options of their containers,
 * events by the lines of their log files. Knows no protocol.
 */
@NullMarked
package io.selfheal.embedded.logs;

import org.jspecify.annotations.NullMarked;
