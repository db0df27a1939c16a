package io.selfheal.shop.kit.fault;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** JDBC objects that wait before they execute a statement. Proxies, for JDBC has some four hundred methods. */
final class SlowJdbc implements InvocationHandler {

    private final Object target;
    private final Supplier<Duration> delay;

    private SlowJdbc(Object target, Supplier<Duration> delay) {
        this.target = target;
        this.delay = delay;
    }

    static DataSource wrap(DataSource dataSource, Supplier<Duration> delay) {
        return proxy(DataSource.class, dataSource, delay);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args) throws Throwable {
        if (target instanceof Statement && method.getName().startsWith("execute")) {
            waitFor(delay.get());
        }
        try {
            return wrapped(method.invoke(target, args));
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private @Nullable Object wrapped(@Nullable Object result) {
        return switch (result) {
            case Connection connection when target instanceof DataSource -> proxy(Connection.class, connection, delay);
            case CallableStatement statement -> proxy(CallableStatement.class, statement, delay);
            case PreparedStatement statement -> proxy(PreparedStatement.class, statement, delay);
            case Statement statement -> proxy(Statement.class, statement, delay);
            case null, default -> result;
        };
    }

    private static void waitFor(Duration delay) throws SQLException {
        if (delay.isZero()) {
            return;
        }
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted while the fault 'slow-sql' held the statement", e);
        }
    }

    private static <T> T proxy(Class<T> type, T target, Supplier<Duration> delay) {
        return type.cast(Proxy.newProxyInstance(
                SlowJdbc.class.getClassLoader(), new Class<?>[] {type}, new SlowJdbc(target, delay)));
    }
}
