/**
 * AWS around the shop, for {@code ./demo --localstack}: a metric, an alarm, topics and a queue at an endpoint that is LocalStack. It stands for
 * what a stack would set up on AWS, and for the subscription that carries an alarm to the healer; it judges nothing.
 */
@NullMarked
package io.selfheal.demo.cloud;

import org.jspecify.annotations.NullMarked;
