package io.selfheal.shop.order;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** The same migrations and the same promises on a real PostgreSQL. */
class OrdersOnPostgresTest extends OrdersContract {

    @Override
    Database open() {
        return new SharedPostgres();
    }

    static final class SharedPostgres implements Database {
        private final EmbeddedPostgres postgres;

        SharedPostgres() {
            try {
                // Its own ten seconds are too few beside other modules' tests.
                postgres = EmbeddedPostgres.builder()
                        .setPGStartupWait(Duration.ofMinutes(2))
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String url() {
            return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
        }

        @Override
        public String user() {
            return "postgres";
        }

        @Override
        public void close() {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
