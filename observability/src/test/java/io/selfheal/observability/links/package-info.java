/** Follows a request through a stack of real programs: from the trace to its log lines and its exemplar. Skipped where they are not installed. */
@NullMarked
package io.selfheal.observability.links;

import org.jspecify.annotations.NullMarked;
