package io.selfheal.embedded.connect;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;

/** A connection to the task that listens on that port. */
record Upstream(Socket socket, int port) {
    private static final Logger LOG = System.getLogger(Upstream.class.getName());

    void close() {
        close(socket);
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closing a connection: {0}", e.getMessage());
        }
    }
}
