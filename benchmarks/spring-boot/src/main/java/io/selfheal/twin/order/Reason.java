package io.selfheal.twin.order;

/** Why an order was rejected. */
enum Reason {
    OUT_OF_STOCK,
    UNKNOWN_PRODUCT,
    UNKNOWN_USER,
    EXPIRED
}
