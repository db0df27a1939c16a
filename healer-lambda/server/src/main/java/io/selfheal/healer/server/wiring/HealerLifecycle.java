package io.selfheal.healer.server.wiring;

import io.micronaut.http.server.netty.NettyEmbeddedServer;
import io.selfheal.healer.engine.Remediator;
import io.selfheal.healer.server.config.HealerConfiguration;
import io.selfheal.healer.server.console.Feed;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The order of starting and stopping. Stopping: first no more signals, then no more looking around, then the actions under
 * way are finished, then what only this process knows is saved, and only then may the store be closed. The framework alone would close it first.
 */
@Singleton
public final class HealerLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(HealerLifecycle.class);

    private final NettyEmbeddedServer server;
    private final Heartbeat heartbeat;
    private final Workers workers;
    private final Remediator remediator;
    private final Duration grace;
    private final Feed feed;

    HealerLifecycle(
            NettyEmbeddedServer server,
            Feed feed,
            Heartbeat heartbeat,
            Workers workers,
            Remediator remediator,
            HealerConfiguration.Engine engine) {
        this.server = server;
        this.feed = feed;
        this.heartbeat = heartbeat;
        this.workers = workers;
        this.remediator = remediator;
        this.grace = engine.shutdownGrace();
    }

    /** Takes the port first: a second healer started by mistake stops here, before it does anything. */
    public URI start() {
        server.start();
        heartbeat.start();
        return server.getURI();
    }

    /** Returns when nothing runs any more; what could not end in time is cut off, and found again by its lease. */
    public void stop() {
        LOG.info("stopping: no more signals are taken, running actions are finished");
        // Open consoles are requests without an end.
        feed.close();
        finishRequests();
        server.stopServerOnly();
        heartbeat.close();
        workers.close();
        remediator.saveUnsaved();
    }

    private void finishRequests() {
        try {
            server.shutdownGracefully().toCompletableFuture().get(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("requests were still being answered after {}: they are cut off", grace);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
