/**
 * The healer's store in one DynamoDB table. {@link io.selfheal.healer.aws.dynamo.Keys} says where everything lies. Loaded only
 * where the operator chose it; it knows no shell and none of the other adapters.
 */
@NullMarked
package io.selfheal.healer.aws.dynamo;

import org.jspecify.annotations.NullMarked;
