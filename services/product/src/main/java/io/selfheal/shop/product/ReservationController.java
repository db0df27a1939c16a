package io.selfheal.shop.product;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.selfheal.shop.kit.web.ProblemException;
import io.selfheal.shop.product.Reservation.State;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reservations, under an id that the caller chooses; all of it may be repeated without harm. */
@Tag(name = "reservations")
@Controller("/reservations")
@ExecuteOn(TaskExecutors.BLOCKING)
class ReservationController {

    private static final Logger LOG = LoggerFactory.getLogger(ReservationController.class);

    private final Reservations reservations;

    ReservationController(Reservations reservations) {
        this.reservations = reservations;
    }

    /** Takes from the stock. The first answer for an id is final: to try again after a refusal, choose a new id. */
    @Put("/{reservationId}")
    @ApiResponse(responseCode = "200", description = "the stock is held")
    @ApiResponse(responseCode = "404", description = "there is no such product")
    @ApiResponse(responseCode = "409", description = "out of stock, or the reservation was released before")
    @ApiResponse(responseCode = "422", description = "the id belongs to another product or quantity")
    ReservationView reserve(
            @PathVariable @Size(max = 64) String reservationId, @Valid @Body ReservationRequest request) {
        Reservation decided = reservations.reserve(reservationId, request.productId(), request.quantity());
        LOG.info(
                "Reservation {} of {} x product {}: {}",
                reservationId,
                request.quantity(),
                request.productId(),
                decided.state());
        if (decided.state() != State.RELEASED && !decided.isFor(request.productId(), request.quantity())) {
            throw problem(HttpStatus.UNPROCESSABLE_ENTITY, "reservation-reused", "is for another product or quantity");
        }
        return switch (decided.state()) {
            case HELD -> new ReservationView(decided.id(), decided.productId(), decided.quantity());
            case OUT_OF_STOCK -> throw problem(HttpStatus.CONFLICT, "out-of-stock", "found too little stock");
            case UNKNOWN_PRODUCT -> throw problem(HttpStatus.NOT_FOUND, "unknown-product", "is for no product of ours");
            case RELEASED -> throw problem(HttpStatus.CONFLICT, "reservation-released", "was released");
        };
    }

    /** Gives the stock back, for good. */
    @Delete("/{reservationId}")
    @Status(HttpStatus.NO_CONTENT)
    @ApiResponse(responseCode = "204", description = "nothing is held under this id, now and in future")
    void release(@PathVariable @Size(max = 64) String reservationId) {
        reservations.release(reservationId);
    }

    private static ProblemException problem(HttpStatus status, String kind, String what) {
        return ProblemException.of(status, kind, "The reservation " + what);
    }
}
