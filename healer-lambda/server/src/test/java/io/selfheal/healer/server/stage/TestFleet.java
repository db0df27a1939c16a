package io.selfheal.healer.server.stage;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.embedded.trivial.TrivialFleet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Services of trivial tasks, and a wire to them that can be listened to and cut. */
public final class TestFleet implements AutoCloseable {

    public static final String CLUSTER = TrivialFleet.CLUSTER;

    private final TrivialFleet fleet;
    private final EcsWire wire;

    public TestFleet(Path state) throws IOException {
        this.fleet = new TrivialFleet(state);
        this.wire = new EcsWire(fleet.uri());
    }

    /** Where the healer is to look for ECS. */
    public URI endpoint() {
        return wire.uri();
    }

    public EcsWire wire() {
        return wire;
    }

    /** Runs a service of so many tasks and waits until all of them run. */
    public void run(String service, int tasks) {
        fleet.run(service, tasks);
    }

    /** The ARNs of the tasks that run. */
    public List<String> running(String service) {
        return fleet.running(service);
    }

    /** From now on the task answers its health checks with DOWN. */
    public void makeSick(String arn) throws IOException {
        fleet.makeSick(arn);
    }

    /** Past the wire. */
    public JsonNode call(String operation, Map<String, Object> body) {
        return fleet.call(operation, body);
    }

    @Override
    public void close() {
        wire.close();
        fleet.close();
    }
}
