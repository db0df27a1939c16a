package io.selfheal.embedded;

import com.sun.net.httpserver.HttpServer;
import io.selfheal.embedded.api.EcsServer;
import io.selfheal.embedded.engine.Engine;
import io.selfheal.embedded.engine.Ids;
import io.selfheal.embedded.event.EventSink;
import io.selfheal.embedded.event.Events;
import io.selfheal.embedded.event.Webhook;
import io.selfheal.embedded.process.Launcher;
import io.selfheal.embedded.process.PidRecord;
import io.selfheal.embedded.process.Ports;
import io.selfheal.embedded.process.StateDirectory;
import io.selfheal.embedded.state.Arns;
import io.selfheal.embedded.state.World;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/** A running endpoint. Closing it stops every task. */
public final class EmbeddedEcs implements AutoCloseable {
    private static final Logger LOG = System.getLogger(EmbeddedEcs.class.getName());
    private static final int BACKLOG = 1_024;
    /** A look at the logs of yesterday's run is still worth it. */
    private static final Duration KEEP_LOGS = Duration.ofDays(1);

    static {
        // Without it the JDK's server lets small answers wait for the client's delayed acknowledgement: 40 ms a call.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final StateDirectory directory;
    private final Events events;
    private final Engine engine;
    private final EcsServer server;
    private final URI uri;

    private EmbeddedEcs(StateDirectory directory, HttpServer http, EmbeddedEcsOptions options) throws IOException {
        Random random = new Random();
        Ids ids = new Ids(random);
        this.directory = directory;
        this.uri = URI.create(
                "http://%s:%d".formatted(options.host(), http.getAddress().getPort()));
        List<EventSink> sinks = options.eventUrls().stream()
                .<EventSink>map(url -> new Webhook(url, options.eventToken()))
                .toList();
        this.events = new Events(options.region(), Arns.ACCOUNT, ids::uuid, sinks);
        Engine.Parts parts = new Engine.Parts(
                Launcher.forThisMachine(directory.root()),
                new Ports(random),
                directory,
                events,
                ids,
                InstantSource.system(),
                uri.toString());
        this.engine = new Engine(new World(new Arns(options.region(), Arns.ACCOUNT)), parts, options.settings());
        this.server = new EcsServer(http, engine, options.faultsAllowed(), ids::uuid);
    }

    /**
     * Starts an endpoint in this JVM.
     *
     * @throws IOException if the state directory is held by a live endpoint, or the port is in use
     */
    public static EmbeddedEcs start(EmbeddedEcsOptions options) throws IOException {
        StateDirectory directory = StateDirectory.open(options.stateDirectory());
        try {
            HttpServer http = bind(options);
            PidRecord.reap(directory.root())
                    .forEach(what -> LOG.log(Level.WARNING, "ended {0}, left over by an endpoint that crashed", what));
            directory.forgetOlderThan(InstantSource.system().instant().minus(KEEP_LOGS));
            EmbeddedEcs ecs = new EmbeddedEcs(directory, http, options);
            ecs.server.start();
            return ecs;
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    private static HttpServer bind(EmbeddedEcsOptions options) throws IOException {
        InetSocketAddress address = new InetSocketAddress(options.host(), options.port());
        try {
            return HttpServer.create(address, BACKLOG);
        } catch (IOException e) {
            throw new IOException(
                    "Cannot listen on %s:%d: %s. Is another endpoint running? Give another --port."
                            .formatted(options.host(), options.port(), e.getMessage()),
                    e);
        }
    }

    /** What to give to {@code AWS_ENDPOINT_URL_ECS} or {@code endpointOverride}. */
    public URI uri() {
        return uri;
    }

    @Override
    public void close() {
        server.close();
        engine.close();
        events.close();
        try {
            directory.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot release the state directory: {0}", e.getMessage());
        }
    }
}
