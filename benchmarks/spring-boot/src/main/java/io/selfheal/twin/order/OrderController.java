package io.selfheal.twin.order;

import io.selfheal.twin.order.Orders.Placed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Orders are placed, listed and looked up. */
@RestController
@RequestMapping("/orders")
class OrderController {

    private final Orders placing;
    private final OrderTable orders;

    OrderController(Orders placing, OrderTable orders) {
        this.placing = placing;
        this.orders = orders;
    }

    @GetMapping
    PageOf<OrderView> list(
            @RequestParam(defaultValue = "0") @Min(0) @Max(1_000_000) int page,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int size) {
        return PageOf.of(
                orders.page(page, size).stream().map(OrderView::of).toList(), page, size, orders.count());
    }

    @GetMapping("/{id}")
    OrderView find(@PathVariable long id) {
        return orders.findById(id)
                .map(OrderView::of)
                .orElseThrow(() -> ProblemException.of(HttpStatus.NOT_FOUND, null, "There is no order " + id));
    }

    @PostMapping
    ResponseEntity<OrderView> place(
            @RequestHeader("Idempotency-Key") @NotBlank @Size(max = 100) String key,
            @Valid @RequestBody NewOrder request) {
        Placed placed = placing.place(key, request);
        Order order = placed.order();
        return switch (order.status()) {
            case CONFIRMED, PENDING -> answer(placed);
            case REJECTED, RELEASING -> throw rejected(order);
        };
    }

    private static ResponseEntity<OrderView> answer(Placed placed) {
        OrderView view = OrderView.of(placed.order());
        return placed.isNew()
                ? ResponseEntity.created(URI.create("/orders/" + view.id())).body(view)
                : ResponseEntity.ok(view);
    }

    private static ProblemException rejected(Order order) {
        return switch (order.reason()) {
            case OUT_OF_STOCK -> problem(HttpStatus.CONFLICT, "out-of-stock", order, "there is too little stock");
            case UNKNOWN_PRODUCT ->
                problem(
                        HttpStatus.UNPROCESSABLE_ENTITY,
                        "unknown-product",
                        order,
                        "there is no product " + order.productId());
            case UNKNOWN_USER ->
                problem(HttpStatus.UNPROCESSABLE_ENTITY, "unknown-user", order, "there is no user " + order.userId());
            case EXPIRED -> problem(HttpStatus.CONFLICT, "order-expired", order, "it could not be settled in time");
        };
    }

    private static ProblemException problem(HttpStatus status, String kind, Order order, String why) {
        return ProblemException.of(status, kind, "Order " + order.id() + " is rejected: " + why);
    }
}
