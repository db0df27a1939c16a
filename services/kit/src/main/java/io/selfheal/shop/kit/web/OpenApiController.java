package io.selfheal.shop.kit.web;

import io.micronaut.core.io.ResourceLoader;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The API document that the compiler made of the service's controllers, and the way to its viewer. */
@Hidden
@Controller
class OpenApiController {

    /** RFC 9512; the framework's constant is older. */
    private static final String YAML = "application/yaml";

    private static final String DOCUMENT = "classpath:META-INF/swagger/openapi.yml";
    private static final URI VIEWER = URI.create("/swagger-ui/index.html");

    private final ResourceLoader resources;

    OpenApiController(ResourceLoader resources) {
        this.resources = resources;
    }

    @Get("/openapi")
    @Produces(YAML)
    @ExecuteOn(TaskExecutors.BLOCKING)
    String document() throws IOException {
        try (InputStream document = resources
                .getResourceAsStream(DOCUMENT)
                .orElseThrow(() -> ProblemException.notFound("This build has no API document"))) {
            return new String(document.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Get("/swagger-ui")
    HttpResponse<?> viewer() {
        return HttpResponse.temporaryRedirect(VIEWER);
    }
}
