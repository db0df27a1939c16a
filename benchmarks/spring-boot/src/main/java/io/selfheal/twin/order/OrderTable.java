package io.selfheal.twin.order;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of orders, with the statements of ours. */
@Repository
class OrderTable {

    private final JdbcClient jdbc;

    OrderTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Order> findById(long id) {
        return jdbc.sql("select * from order_service.orders where id = ?")
                .param(id)
                .query(OrderTable::row)
                .optional();
    }

    Optional<Order> findByIdempotencyKey(String key) {
        return jdbc.sql("select * from order_service.orders where idempotency_key = ?")
                .param(key)
                .query(OrderTable::row)
                .optional();
    }

    List<Order> page(int page, int size) {
        return jdbc.sql("select * from order_service.orders order by id limit ? offset ?")
                .param(size)
                .param((long) page * size)
                .query(OrderTable::row)
                .list();
    }

    long count() {
        return jdbc.sql("select count(*) from order_service.orders")
                .query(Long.class)
                .single();
    }

    /** 1 when the key was free. */
    int insertIfAbsent(Order order) {
        return jdbc.sql("insert into order_service.orders (idempotency_key, user_id, product_id, quantity, status,"
                        + " reservation_id, user_checked, degraded, created_at, leased_until)"
                        + " values (?, ?, ?, ?, 'PENDING', ?, ?, ?, ?, ?) on conflict do nothing")
                .param(order.idempotencyKey())
                .param(order.userId())
                .param(order.productId())
                .param(order.quantity())
                .param(order.reservationId())
                .param(order.userChecked())
                .param(order.degraded())
                .param(at(order.createdAt()))
                .param(at(order.leasedUntil()))
                .update();
    }

    void userChecked(long id) {
        jdbc.sql("update order_service.orders set user_checked = true where id = ?")
                .param(id)
                .update();
    }

    int move(long id, OrderStatus from, OrderStatus to) {
        return jdbc.sql("update order_service.orders set status = ? where id = ? and status = ?")
                .param(to.name())
                .param(id)
                .param(from.name())
                .update();
    }

    int move(long id, OrderStatus from, OrderStatus to, Reason reason) {
        return jdbc.sql("update order_service.orders set status = ?, reason = ? where id = ? and status = ?")
                .param(to.name())
                .param(reason.name())
                .param(id)
                .param(from.name())
                .update();
    }

    void letGo(long id, Instant from) {
        jdbc.sql("update order_service.orders set leased_until = ? where id = ? and status in ('PENDING', 'RELEASING')")
                .param(at(from))
                .param(id)
                .update();
    }

    int lease(long id, Instant now, Instant until) {
        return jdbc.sql("update order_service.orders set leased_until = ? where id = ? and leased_until <= ?"
                        + " and status in ('PENDING', 'RELEASING')")
                .param(at(until))
                .param(id)
                .param(at(now))
                .update();
    }

    List<Order> unsettled(Instant now) {
        return jdbc.sql("select * from order_service.orders where status in ('PENDING', 'RELEASING')"
                        + " and leased_until <= ? order by leased_until limit 50")
                .param(at(now))
                .query(OrderTable::row)
                .list();
    }

    private static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private static Order row(ResultSet row, int number) throws SQLException {
        String reason = row.getString("reason");
        return new Order(
                row.getLong("id"),
                row.getString("idempotency_key"),
                row.getLong("user_id"),
                row.getLong("product_id"),
                row.getLong("quantity"),
                OrderStatus.valueOf(row.getString("status")),
                reason == null ? null : Reason.valueOf(reason),
                row.getString("reservation_id"),
                row.getBoolean("user_checked"),
                row.getBoolean("degraded"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("leased_until", OffsetDateTime.class).toInstant());
    }
}
