package io.selfheal.twin.order;

/** The life of an order. */
enum OrderStatus {
    PENDING,
    CONFIRMED,
    RELEASING,
    REJECTED
}
