package io.selfheal.shop.kit.sample;

import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.selfheal.shop.kit.client.Dependencies;
import io.selfheal.shop.kit.web.PageQuery;
import io.selfheal.shop.kit.web.ProblemException;
import io.selfheal.shop.kit.web.WholeNumber;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of each kind of thing that a service does. */
@Controller("/things")
@ExecuteOn(TaskExecutors.BLOCKING)
class ThingController {

    private static final Logger LOG = LoggerFactory.getLogger(ThingController.class);

    private final ConnectionOperations<Connection> connections;
    private final Dependencies dependencies;

    ThingController(ConnectionOperations<Connection> connections, Dependencies dependencies) {
        this.connections = connections;
        this.dependencies = dependencies;
    }

    @Get("/{id}")
    Thing find(@PathVariable long id) {
        LOG.info("Looking for thing \"{}\"\nin two lines", id);
        return connections.executeRead(status -> find(status.getConnection(), id));
    }

    private static Thing find(Connection connection, long id) {
        try (var statement = connection.prepareStatement("select id from sample_service.things where id = ?")) {
            statement.setLong(1, id);
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw ProblemException.notFound("There is no thing " + id);
                }
                return new Thing("thing", rows.getLong(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Get("/page")
    int page(@Valid @RequestBean PageQuery query) {
        return query.size();
    }

    @Get("/broken")
    String broken() {
        throw new IllegalStateException("secret inside");
    }

    @Get("/remote")
    String remote() {
        return dependencies.named("other").idempotent(() -> "called");
    }

    @Post
    Thing create(@Valid @Body Thing thing) {
        return thing;
    }

    /** A thing. */
    @Serdeable
    record Thing(
            @NotBlank String name,

            @NotNull @Positive @Serdeable.Deserializable(using = WholeNumber.class)
            Long count) {}
}
