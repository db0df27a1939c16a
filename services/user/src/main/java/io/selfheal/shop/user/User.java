package io.selfheal.shop.user;

import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code users}; the id is null until it is stored. */
@MappedEntity(value = "users", schema = "user_service")
record User(@Id @GeneratedValue @Nullable Long id, String name, String email, Instant createdAt) {}
