package io.selfheal.shop.order;

import io.selfheal.shop.kit.testkit.ServiceProcess;
import java.sql.SQLException;
import org.h2.tools.Server;

class OrdersOnH2Test extends OrdersContract {

    @Override
    Database open() {
        return new SharedH2();
    }

    /** An H2 server with an in-memory database, as the demo's. */
    static final class SharedH2 implements Database {
        private final Server server;
        private final String url;

        SharedH2() {
            try {
                int port = ServiceProcess.freePort();
                server = Server.createTcpServer("-tcpPort", Integer.toString(port), "-ifNotExists", "-tcpDaemon")
                        .start();
                url = "jdbc:h2:tcp://127.0.0.1:" + port
                        + "/mem:contract;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1";
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String url() {
            return url;
        }

        @Override
        public String user() {
            return "sa";
        }

        @Override
        public void close() {
            server.stop();
        }
    }
}
