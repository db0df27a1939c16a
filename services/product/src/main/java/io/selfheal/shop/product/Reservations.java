package io.selfheal.shop.product;

import io.selfheal.shop.product.Reservation.State;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;

/**
 * Takes stock for somebody, once per reservation id. What was answered first is answered for ever: a repeat never takes
 * twice, a late request never takes what was released, and a refusal is not a success the next time.
 */
@Singleton
class Reservations {

    private final ReservationRepository reservations;
    private final ProductRepository products;

    Reservations(ReservationRepository reservations, ProductRepository products) {
        this.reservations = reservations;
        this.products = products;
    }

    /** The reservation of this id: made now, or as it was decided before, then perhaps for another product or quantity. */
    @Transactional
    public Reservation reserve(String id, long productId, long quantity) {
        if (reservations.insertIfAbsent(id, productId, quantity, State.HELD.name()) == 1
                && products.take(productId, quantity) == 0) {
            State refusal = products.existsById(productId) ? State.OUT_OF_STOCK : State.UNKNOWN_PRODUCT;
            reservations.move(id, State.HELD.name(), refusal.name());
        }
        return find(id);
    }

    /** Gives the stock back. An id never seen is remembered as released, for its request may still be on the way. */
    @Transactional
    public void release(String id) {
        if (reservations.insertIfAbsent(id, 0, 0, State.RELEASED.name()) == 1) {
            return;
        }
        Reservation reservation = find(id);
        if (reservations.move(id, State.HELD.name(), State.RELEASED.name()) == 1) {
            products.giveBack(reservation.productId(), reservation.quantity());
        }
    }

    private Reservation find(String id) {
        return reservations
                .findById(id)
                .orElseThrow(() -> new IllegalStateException("Reservation " + id + " is gone; rows are never deleted"));
    }
}
