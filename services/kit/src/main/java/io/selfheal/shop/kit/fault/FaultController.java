package io.selfheal.shop.kit.fault;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.Status;
import io.selfheal.shop.kit.web.ProblemException;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /faults}. Answers on the event loop, so that it is reachable when everything else is stuck. */
@Hidden
@Controller("/faults")
@Requires(bean = FaultsEnabled.class)
final class FaultController {

    private final Faults faults;

    FaultController(Faults faults) {
        this.faults = faults;
    }

    @Get
    List<FaultView> list() {
        return faults.all();
    }

    @Put("/{name}")
    FaultView start(@PathVariable String name, @Body @Nullable Map<String, Object> parameters) {
        try {
            return faults.start(name, texts(parameters)).orElseThrow(() -> unknown(name));
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(
                    HttpStatus.UNPROCESSABLE_ENTITY, "invalid-fault-parameter", String.valueOf(e.getMessage()));
        }
    }

    @Delete("/{name}")
    @Status(HttpStatus.NO_CONTENT)
    void stop(@PathVariable String name) {
        if (!faults.stop(name)) {
            throw unknown(name);
        }
    }

    private ProblemException unknown(String name) {
        return ProblemException.notFound("No fault '" + name + "'; there is "
                + faults.all().stream().map(FaultView::name).toList());
    }

    private static Map<String, String> texts(@Nullable Map<String, Object> parameters) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (parameters != null) {
            parameters.forEach((name, value) -> {
                if (value instanceof String || value instanceof Number) {
                    texts.put(name, value.toString());
                } else {
                    throw new IllegalArgumentException("'" + name + "' must be a text or a number");
                }
            });
        }
        return texts;
    }
}
