package io.selfheal.shop.order;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.selfheal.shop.kit.web.PageOf;
import io.selfheal.shop.kit.web.PageQuery;
import io.selfheal.shop.kit.web.ProblemException;
import io.selfheal.shop.order.Orders.Placed;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.Objects;

/** Orders are placed, listed and looked up. */
@Tag(name = "orders")
@Controller("/orders")
@ExecuteOn(TaskExecutors.BLOCKING)
class OrderController {

    private final Orders placing;
    private final OrderRepository orders;

    OrderController(Orders placing, OrderRepository orders) {
        this.placing = placing;
        this.orders = orders;
    }

    /** Lists the orders, in the order of their ids. */
    @Get
    PageOf<OrderView> list(@Valid @RequestBean PageQuery query) {
        return PageOf.of(orders.findAll(query.pageable()), OrderView::of);
    }

    /** One order. */
    @Get("/{id}")
    @ApiResponse(responseCode = "200", description = "the order")
    @ApiResponse(responseCode = "404", description = "there is no such order")
    OrderView find(@PathVariable long id) {
        return orders.findById(id)
                .map(OrderView::of)
                .orElseThrow(() -> ProblemException.notFound("There is no order " + id));
    }

    /**
     * Places an order, once per key: a repeat answers what became of the first. {@code degraded: true} says that
     * somebody could not be asked; the order is then CONFIRMED for a user seen lately, or PENDING until all have been asked.
     */
    @Post
    @ApiResponse(responseCode = "201", description = "placed by this request")
    @ApiResponse(responseCode = "200", description = "placed before, by a request with this key and this body")
    @ApiResponse(responseCode = "409", description = "out of stock")
    @ApiResponse(responseCode = "422", description = "the key belongs to another body, or user or product do not exist")
    @ApiResponse(responseCode = "503", description = "not settled yet: repeat with the same key")
    HttpResponse<OrderView> place(
            @Header("Idempotency-Key") @NotBlank @Size(max = 100) String key, @Valid @Body NewOrder request) {
        Placed placed = placing.place(key, request);
        Order order = placed.order();
        return switch (order.status()) {
            case CONFIRMED, PENDING -> answer(placed);
            case REJECTED, RELEASING -> throw rejected(order);
        };
    }

    private static HttpResponse<OrderView> answer(Placed placed) {
        OrderView view = OrderView.of(placed.order());
        return placed.isNew() ? HttpResponse.created(view, URI.create("/orders/" + view.id())) : HttpResponse.ok(view);
    }

    private static ProblemException rejected(Order order) {
        Reason reason = Objects.requireNonNull(order.reason(), "a rejected order has a reason");
        return switch (reason) {
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
        return ProblemException.of(status, kind, "Order " + order.number() + " is rejected: " + why);
    }
}
