package io.selfheal.shop.order;

/** The life of an order. */
enum OrderStatus {
    /** Written down; nothing is promised yet. */
    PENDING,
    /** The stock is ours. */
    CONFIRMED,
    /** Given up; the reservation, if there is one, is being released. No driver may confirm it any more. */
    RELEASING,
    /** Nothing is held for it. */
    REJECTED
}
