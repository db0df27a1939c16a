package io.selfheal.shop.user;

import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.selfheal.shop.kit.web.PageOf;
import io.selfheal.shop.kit.web.PageQuery;
import io.selfheal.shop.kit.web.ProblemException;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Clock;

/** Users are registered, listed and looked up. */
@Tag(name = "users")
@Controller("/users")
@ExecuteOn(TaskExecutors.BLOCKING)
class UserController {

    private final UserRepository users;
    private final Clock clock;

    UserController(UserRepository users, Clock clock) {
        this.users = users;
        this.clock = clock;
    }

    /** Lists the users, in the order of their ids. */
    @Get
    PageOf<UserView> list(@Valid @RequestBean PageQuery query) {
        return PageOf.of(users.findAll(query.pageable()), UserView::of);
    }

    /** One user. */
    @Get("/{id}")
    @ApiResponse(responseCode = "200", description = "the user")
    @ApiResponse(responseCode = "404", description = "there is no such user")
    UserView find(@PathVariable long id) {
        return users.findById(id)
                .map(UserView::of)
                .orElseThrow(() -> ProblemException.of(HttpStatus.NOT_FOUND, "unknown-user", "There is no user " + id));
    }

    /** Registers a user. */
    @Post
    @Status(HttpStatus.CREATED)
    @ApiResponse(responseCode = "201", description = "the new user")
    @ApiResponse(responseCode = "409", description = "the e-mail address is taken")
    HttpResponse<UserView> register(@Valid @Body NewUser user) {
        UserView saved = UserView.of(save(user));
        return HttpResponse.created(saved, URI.create("/users/" + saved.id()));
    }

    private User save(NewUser user) {
        try {
            return users.save(new User(null, user.name(), user.email(), clock.instant()));
        } catch (DataAccessException e) {
            // The unique index decides; asking first would race. The question only tells this failure from others.
            if (users.existsByEmail(user.email())) {
                throw ProblemException.of(
                        HttpStatus.CONFLICT, "email-taken", "There is a user with this e-mail address");
            }
            throw e;
        }
    }
}
