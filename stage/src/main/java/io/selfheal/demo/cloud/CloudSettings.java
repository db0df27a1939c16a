package io.selfheal.demo.cloud;

import java.net.URI;

/**
 * What the healer is told of the AWS around it.
 *
 * @param endpoint of everything but ECS
 * @param notices ARN of the topic for its notices
 * @param table of its store, which it makes itself
 */
public record CloudSettings(URI endpoint, String region, String notices, String table) {}
