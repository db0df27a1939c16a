package io.selfheal.healer.aws.dynamo;

/** The primary key of one item. */
record ItemKey(String pk, String sk) {}
