/**
 * The healer and its adapters at an AWS endpoint that we did not write: LocalStack in a container where Docker is, else what
 * {@code AWS_ENDPOINT_URL} names. It knows no internals of theirs, and nothing here is part of the product.
 */
@NullMarked
package io.selfheal.awsendpoint;

import org.jspecify.annotations.NullMarked;
