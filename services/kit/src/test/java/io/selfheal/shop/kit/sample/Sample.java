package io.selfheal.shop.kit.sample;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.selfheal.shop.kit.testkit.Browser;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The sample service in this process, with a database of its own. */
public final class Sample implements AutoCloseable {

    private final EmbeddedServer server;

    private Sample(EmbeddedServer server) {
        this.server = server;
    }

    public static Sample start(Map<String, Object> properties, String... environments) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "micronaut.server.port",
                -1,
                "datasources.default.url",
                "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1"));
        all.putAll(properties);
        return new Sample(ApplicationContext.run(EmbeddedServer.class, all, environments));
    }

    public Browser browser() {
        return new Browser(server.getURI());
    }

    public <T> T bean(Class<T> type) {
        return server.getApplicationContext().getBean(type);
    }

    /** Begins the shutdown and returns when it is over. */
    @Override
    public void close() {
        server.getApplicationContext().stop();
    }
}
