package io.selfheal.shop.kit.fault;

import com.zaxxer.hikari.HikariDataSource;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes every connection of the pool and does nothing with it, as code does that forgets to give them back. */
@Singleton
@Requires(bean = FaultsEnabled.class)
final class PoolExhaustionFault implements Fault {

    private static final Logger LOG = LoggerFactory.getLogger(PoolExhaustionFault.class);

    private final BeanProvider<DataSource> dataSource;
    private CountDownLatch released = new CountDownLatch(0);
    private List<Thread> holders = List.of();

    PoolExhaustionFault(BeanProvider<DataSource> dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public String name() {
        return "pool-exhaustion";
    }

    @Override
    public String symptom() {
        return "no database connection is free: requests wait and end with 503, readiness is DOWN";
    }

    @Override
    public synchronized void start(Parameters parameters) {
        CountDownLatch end = new CountDownLatch(1);
        released = end;
        HikariDataSource pool = pool();
        holders = IntStream.rangeClosed(1, pool.getMaximumPoolSize())
                .mapToObj(i -> Thread.ofPlatform()
                        .daemon()
                        .name("pool-exhaustion-" + i)
                        .start(() -> hold(pool, end)))
                .toList();
    }

    @Override
    public synchronized void stop() {
        released.countDown();
        holders.forEach(Thread::interrupt);
        holders = List.of();
    }

    private HikariDataSource pool() {
        try {
            return dataSource.get().unwrap(HikariDataSource.class);
        } catch (SQLException e) {
            throw new IllegalStateException("The data source is no Hikari pool", e);
        }
    }

    /** Waits its turn among the requests, again and again if need be: in the end the holders have them all. */
    private static void hold(HikariDataSource pool, CountDownLatch end) {
        while (end.getCount() > 0) {
            try (Connection held = pool.getConnection()) {
                LOG.debug("Holding {}", held);
                end.await();
            } catch (SQLException e) {
                LOG.debug("Not yet: {}", e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
