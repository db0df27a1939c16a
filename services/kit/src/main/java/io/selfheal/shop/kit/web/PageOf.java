package io.selfheal.shop.kit.web;

import io.micronaut.data.model.Page;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param items the entries
 * @param page which page, counted from 0
 * @param size entries on a full page
 * @param totalItems entries on all pages
 * @param totalPages number of pages
 */
@Serdeable
public record PageOf<T>(List<T> items, int page, int size, long totalItems, int totalPages) {

    public static <E, T> PageOf<T> of(Page<E> page, Function<E, T> view) {
        return new PageOf<>(
                page.getContent().stream().map(view).toList(),
                page.getPageNumber(),
                page.getSize(),
                page.getTotalSize(),
                page.getTotalPages());
    }
}
