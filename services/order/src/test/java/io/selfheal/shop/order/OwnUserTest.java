package io.selfheal.shop.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.shop.kit.database.OwnUser;
import io.selfheal.shop.order.OrdersOnPostgresTest.SharedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each service's own user, made by an administrator who, as the one of RDS, is no superuser. */
class OwnUserTest {
    private static SharedPostgres postgres;
    private static String url;

    @BeforeAll
    static void givenAnAdministratorAsRdsHasOne() throws SQLException {
        postgres = new SharedPostgres();
        url = postgres.url().replaceFirst("/postgres$", "/shop");
        as(postgres.url(), "postgres", "", "CREATE ROLE shop LOGIN CREATEROLE CREATEDB PASSWORD 'theirs'");
        as(postgres.url(), "shop", "theirs", "CREATE DATABASE shop");
    }

    @AfterAll
    static void end() {
        postgres.close();
    }

    @Test
    void givenTwoServices_thenEachEntersItsOwnSchemaAndNotTheOthers() throws SQLException {
        OwnUser.make(settings("user", "first"));
        OwnUser.make(settings("order", "second"));

        as(url, "user", "first", "CREATE TABLE user_service.users (id int)");
        as(url, "order", "second", "CREATE TABLE order_service.orders (id int)");
        assertThatThrownBy(() -> as(url, "order", "second", "SELECT * FROM user_service.users"))
                .hasMessageContaining("permission denied for schema user_service");
        assertThatThrownBy(() -> as(url, "order", "second", "CREATE TABLE public.mine (id int)"))
                .hasMessageContaining("permission denied for schema public");
        assertThatThrownBy(() -> as(url, "order", "second", "CREATE SCHEMA another"))
                .hasMessageContaining("permission denied for database shop");
    }

    @Test
    void givenAnotherPassword_whenMadeAgain_thenItCountsAndTheTablesAreStillThere() throws SQLException {
        OwnUser.make(settings("product", "old"));
        as(url, "product", "old", "CREATE TABLE product_service.products (id int)");

        OwnUser.make(settings("product", "it's \"new\"; --"));

        as(url, "product", "it's \"new\"; --", "SELECT * FROM product_service.products");
    }

    @Test
    void givenTasksThatStartAtOnce_thenNoneFails() throws Exception {
        List<Future<?>> starts = new ArrayList<>();
        try (ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                starts.add(tasks.submit(() -> {
                    OwnUser.make(settings("many", "same"));
                    return true;
                }));
            }
        }
        for (Future<?> start : starts) {
            assertThat(start.get()).isEqualTo(true);
        }
        as(url, "many", "same", "CREATE TABLE many_service.things (id int)");
    }

    @Test
    void givenNoPassword_thenItsNameIsToldAndNothingIsMade() {
        Map<String, String> settings = settings("nobody", "");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> OwnUser.make(settings))
                .withMessage("JDBC_PASSWORD is not set");
    }

    private static Map<String, String> settings(String service, String password) {
        Map<String, String> settings = new HashMap<>();
        settings.put("JDBC_URL", url);
        settings.put("JDBC_USER", service);
        settings.put("JDBC_PASSWORD", password);
        settings.put("JDBC_SCHEMA", service + "_service");
        settings.put("ADMIN_USER", "shop");
        settings.put("ADMIN_PASSWORD", "theirs");
        return settings;
    }

    private static void as(String url, String user, String password, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
