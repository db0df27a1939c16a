package io.selfheal.shop.order;

/** Why an order was rejected. */
enum Reason {
    OUT_OF_STOCK,
    UNKNOWN_PRODUCT,
    UNKNOWN_USER,
    /** It could not be settled in time, because a service that it needs did not come back. */
    EXPIRED
}
