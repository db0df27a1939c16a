package io.selfheal.shop.kit.database;

import io.micronaut.context.annotation.ConfigurationProperties;
import jakarta.validation.constraints.NotBlank;

/**
 * Which part of the database is ours.
 *
 * @param schema the service's own schema; created when missing
 */
@ConfigurationProperties("shop.database")
record DatabaseSettings(@NotBlank String schema) {}
