package io.selfheal.demo.stage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fixed ports of the stage, all shifted by one offset so that two stages fit on one machine. */
public record Ports(int offset) {

    private static final String HEALER = "healer";
    private static final String PROMETHEUS = "Prometheus";
    private static final String ALERTMANAGER = "Alertmanager";
    private static final int HIGHEST = 65535;
    private static final int HIGHEST_BASE = 9093;

    public Ports {
        if (offset < 0 || offset > HIGHEST - HIGHEST_BASE) {
            throw new IllegalArgumentException(
                    "--port-offset must be between 0 and " + (HIGHEST - HIGHEST_BASE) + ", is " + offset);
        }
    }

    public int ecs() {
        return 4567 + offset;
    }

    /** The port at which users reach a service. */
    public int front(String service) {
        return switch (service) {
            case "user" -> 8081 + offset;
            case "product" -> 8082 + offset;
            case "order" -> 8083 + offset;
            default -> throw new IllegalArgumentException("no such service: " + service);
        };
    }

    /** Where a container of LocalStack is started. */
    public int localStack() {
        return 4566 + offset;
    }

    public int healer() {
        return 7070 + offset;
    }

    public int prometheus() {
        return 9090 + offset;
    }

    public int alertmanager() {
        return 9093 + offset;
    }

    public int databases() {
        return 9092 + offset;
    }

    /** Where a port is on this machine. */
    public static URI url(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** What each port is for, in the order in which they are taken; without those of programs that are not started. */
    Map<String, Integer> of(boolean healer, boolean monitoring) {
        Map<String, Integer> taken = all();
        if (!healer) {
            taken.remove(HEALER);
        }
        if (!monitoring) {
            taken.remove(PROMETHEUS);
            taken.remove(ALERTMANAGER);
        }
        return taken;
    }

    /** What each port is for, in the order in which they are taken. */
    public Map<String, Integer> all() {
        Map<String, Integer> all = new LinkedHashMap<>();
        all.put("databases (H2)", databases());
        all.put("embedded ECS", ecs());
        for (String service : Shop.SERVICES) {
            all.put("service " + service, front(service));
        }
        all.put(HEALER, healer());
        all.put(PROMETHEUS, prometheus());
        all.put(ALERTMANAGER, alertmanager());
        return all;
    }

    /** Whether nobody listens there. */
    public static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
