package io.selfheal.shop.product;

import io.micronaut.runtime.Micronaut;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;

/** The product service as a program. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "product",
                        version = "1",
                        description = "What can be ordered, and how much of it is left."))
public final class Application {

    private Application() {}

    public static void main(String[] args) {
        Micronaut.build(args).mainClass(Application.class).banner(false).start();
    }
}
