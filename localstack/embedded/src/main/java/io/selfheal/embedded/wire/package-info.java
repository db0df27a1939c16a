/**
 * The words of the AWS JSON 1.1 protocol: typed access to a request's fields, errors in AWS' shape and pages. Must not know
 * what an ECS service or a task is.
 */
@NullMarked
package io.selfheal.embedded.wire;

import org.jspecify.annotations.NullMarked;
