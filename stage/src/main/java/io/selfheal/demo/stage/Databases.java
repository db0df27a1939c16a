package io.selfheal.demo.stage;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.h2.tools.Server;

/** The databases of the shop, in the stage's memory; on AWS this would be RDS. Tasks reach them over TCP on the loopback. */
final class Databases implements AutoCloseable {

    static final String USER = "shop";

    /** As the services' own default: their SQL is PostgreSQL's. */
    private static final String MODE = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";

    private final Server server;
    private final int port;
    private final List<Connection> keepers = new ArrayList<>();

    private Databases(Server server, int port) {
        this.server = server;
        this.port = port;
    }

    /** One database for each service, empty. */
    static Databases start(int port, List<String> services, String password) {
        System.setProperty("h2.bindAddress", "127.0.0.1");
        try {
            Databases databases = new Databases(
                    Server.createTcpServer("-tcpPort", String.valueOf(port)).start(), port);
            for (String service : services) {
                databases.keepers.add(DriverManager.getConnection("jdbc:h2:mem:" + service + MODE, USER, password));
            }
            return databases;
        } catch (SQLException e) {
            throw new StageFailed("The databases could not be started on port " + port + ": " + e.getMessage(), e);
        }
    }

    /** How a task of that service reaches its database. */
    String url(String service) {
        return "jdbc:h2:tcp://127.0.0.1:" + port + "/mem:" + service + MODE;
    }

    @Override
    public void close() {
        server.stop();
        for (Connection keeper : keepers) {
            try {
                keeper.close();
            } catch (SQLException e) {
                throw new StageFailed("A database could not be closed: " + e.getMessage(), e);
            }
        }
    }
}
