package io.selfheal.shop.product;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

/** The table of reservations. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface ReservationRepository extends GenericRepository<Reservation, String> {

    Optional<Reservation> findById(String id);

    /** Adds the row unless its id is taken; 1 when it did. Waits for a competitor that has not committed yet. */
    @Query("insert into product_service.reservations (id, product_id, quantity, state)"
            + " values (:id, :productId, :quantity, :state) on conflict do nothing")
    int insertIfAbsent(String id, long productId, long quantity, String state);

    /** Moves a row from one state to another; 1 when it was in the first. */
    @Query("update product_service.reservations set state = :to where id = :id and state = :from")
    int move(String id, String from, String to);
}
