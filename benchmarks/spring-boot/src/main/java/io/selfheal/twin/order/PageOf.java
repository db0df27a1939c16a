package io.selfheal.twin.order;

import java.util.List;

/** One page of a list. */
record PageOf<T>(List<T> items, int page, int size, long totalItems, int totalPages) {

    static <T> PageOf<T> of(List<T> items, int page, int size, long total) {
        return new PageOf<>(items, page, size, total, (int) ((total + size - 1) / size));
    }
}
