/**
 * A run of the function without AWS, to train a JVM's AOT cache with, and the Runtime API that tests drive it by. Nothing of it
 * is used by the function itself.
 */
@NullMarked
package io.selfheal.healer.lambda.training;

import org.jspecify.annotations.NullMarked;
