package io.selfheal.shop.kit.mode;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.Status;
import io.selfheal.shop.kit.web.ProblemException;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /modes}. Answers on the event loop: an instance that is overloaded must still hear that it may shed. */
@Hidden
@Controller("/modes")
@Requires(bean = ModesEnabled.class)
final class ModeController {

    private static final Logger LOG = LoggerFactory.getLogger(ModeController.class);

    private final ModesEnabled gate;
    private final List<Mode> modes;

    ModeController(ModesEnabled gate, List<Mode> modes) {
        this.gate = gate;
        this.modes = modes.stream().sorted(Comparator.comparing(Mode::name)).toList();
    }

    @Get
    List<ModeView> list(@Header(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        check(authorization);
        return modes.stream().map(Mode::view).toList();
    }

    @Put("/{name}")
    ModeView begin(
            @PathVariable String name,
            @Header(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @Body @Nullable Map<String, Object> body) {
        check(authorization);
        Mode mode = named(name);
        try {
            mode.begin(ModeRequest.parse(body == null ? Map.of() : body));
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(
                    HttpStatus.UNPROCESSABLE_ENTITY, "invalid-mode-setting", String.valueOf(e.getMessage()));
        }
        ModeView view = mode.view();
        LOG.atWarn().addKeyValue("mode", name).log("Mode begun: {}", view);
        return view;
    }

    @Delete("/{name}")
    @Status(HttpStatus.NO_CONTENT)
    void end(@PathVariable String name, @Header(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        check(authorization);
        Mode mode = named(name);
        if (mode.active()) {
            LOG.atWarn().addKeyValue("mode", name).log("Mode ended: {}", name);
        }
        mode.end();
    }

    private void check(@Nullable String authorization) {
        if (!gate.admits(authorization)) {
            throw ProblemException.of(
                    HttpStatus.UNAUTHORIZED,
                    "token-needed",
                    "Send the instance's MODES_TOKEN as 'Authorization: Bearer ...'");
        }
    }

    private Mode named(String name) {
        return modes.stream()
                .filter(mode -> mode.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("No mode '" + name + "'; there is "
                        + modes.stream().map(Mode::name).toList()));
    }
}
