package io.selfheal.healer.server.http;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Serves the description of this API that the build wrote. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Selfheal healer",
                        version = "1",
                        description = "Takes signals, shows incidents and what was decided about them, and lets people"
                                + " stop the healer. Every error is a problem (RFC 9457) with a reason in detail."),
        security = @SecurityRequirement(name = "bearerAuth"))
@SecurityScheme(
        name = "bearerAuth",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        description =
                "HEALER_TOKEN sends signals and reads; HEALER_OPERATOR_TOKEN, where it is set, also changes things and"
                        + " approves. Reading needs none where HEALER_OPEN_READS allows it")
@Hidden
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class OpenApiController {

    private static final String DOCUMENT = "/META-INF/swagger/openapi.yml";

    @Get(value = "/openapi", produces = "application/yaml")
    HttpResponse<String> document() {
        try (InputStream in = OpenApiController.class.getResourceAsStream(DOCUMENT)) {
            if (in == null) {
                throw new IllegalStateException(DOCUMENT + " is not on the class path: the build has to write it");
            }
            return HttpResponse.ok(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
