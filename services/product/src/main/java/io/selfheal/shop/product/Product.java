package io.selfheal.shop.product;

import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import org.jspecify.annotations.Nullable;

/** A row of {@code products}; the id is null until it is stored. */
@MappedEntity(value = "products", schema = "product_service")
record Product(@Id @GeneratedValue @Nullable Long id, String name, long priceCents, long stock) {}
