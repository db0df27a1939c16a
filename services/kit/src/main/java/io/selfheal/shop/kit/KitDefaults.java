package io.selfheal.shop.kit;

import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.ApplicationContextConfigurer;
import io.micronaut.context.annotation.ContextConfigurer;
import io.micronaut.context.env.AbstractPropertySourceLoader;
import io.micronaut.context.env.PropertySource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Puts the settings of {@code shop-kit.properties} under those of every service, which may override each of them. */
@ContextConfigurer
public final class KitDefaults implements ApplicationContextConfigurer {

    private static final String RESOURCE = "/shop-kit.properties";
    private static final int BELOW_EVERYTHING_ELSE = AbstractPropertySourceLoader.DEFAULT_POSITION - 1000;

    @Override
    public void configure(ApplicationContextBuilder builder) {
        // OpenTelemetry and the PostgreSQL driver log through java.util.logging, which would print lines that are no
        // JSON.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        builder.propertySources(PropertySource.of("shop-kit", load(), BELOW_EVERYTHING_ELSE));
    }

    private static Map<String, Object> load() {
        Properties properties = new Properties();
        try (InputStream in = KitDefaults.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the kit's jar");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Object> defaults = new HashMap<>();
        properties.forEach((key, value) -> defaults.put(key.toString(), value));
        return defaults;
    }
}
