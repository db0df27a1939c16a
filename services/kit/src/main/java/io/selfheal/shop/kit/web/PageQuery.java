package io.selfheal.shop.kit.web;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.model.Pageable;
import io.micronaut.data.model.Sort;
import io.micronaut.http.annotation.QueryValue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * Which part of a list is wanted. Bound from the query string.
 *
 * @param page counted from 0
 * @param size entries on a page
 */
@Introspected
public record PageQuery(
        @QueryValue(defaultValue = "0") @Min(0) @Max(1_000_000)
        int page,

        @QueryValue(defaultValue = "20") @Min(1) @Max(100) int size) {

    /** The same page for the database, in the order of ids: without an order, pages overlap. */
    public Pageable pageable() {
        return Pageable.from(page, size, Sort.of(Sort.Order.asc("id")));
    }
}
