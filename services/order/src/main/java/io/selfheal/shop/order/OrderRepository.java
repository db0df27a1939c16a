package io.selfheal.shop.order;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.PageableRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table of orders. Every change of status is conditional on the status before: that, not a lock, settles races. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface OrderRepository extends PageableRepository<Order, Long> {

    Optional<Order> findByIdempotencyKey(String idempotencyKey);

    /** 1 when the key was free. */
    @Query("insert into order_service.orders (idempotency_key, user_id, product_id, quantity, status, reservation_id,"
            + " user_checked, degraded, created_at, leased_until) values (:key, :userId, :productId, :quantity,"
            + " 'PENDING', :reservationId, :userChecked, :degraded, :createdAt, :leasedUntil) on conflict do nothing")
    int insertIfAbsent(
            String key,
            long userId,
            long productId,
            long quantity,
            String reservationId,
            boolean userChecked,
            boolean degraded,
            Instant createdAt,
            Instant leasedUntil);

    @Query("update order_service.orders set user_checked = true where id = :id")
    int userChecked(long id);

    @Query("update order_service.orders set status = :to where id = :id and status = :from")
    int move(long id, String from, String to);

    @Query("update order_service.orders set status = :to, reason = :reason where id = :id and status = :from")
    int move(long id, String from, String to, String reason);

    /** Lets recovery take the order at that time instead of when the lease ends. */
    @Query("update order_service.orders set leased_until = :from where id = :id and status in ('PENDING', 'RELEASING')")
    int letGo(long id, Instant from);

    /** 1 when nobody else was quicker. */
    @Query("update order_service.orders set leased_until = :until"
            + " where id = :id and leased_until <= :now and status in ('PENDING', 'RELEASING')")
    int lease(long id, Instant now, Instant until);

    @Query("select * from order_service.orders where status in ('PENDING', 'RELEASING') and leased_until <= :now"
            + " order by leased_until limit 50")
    List<Order> unsettled(Instant now);
}
