package io.selfheal.healer.local.compose;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** What can be said of a socket before it is used: the client's own words would be "connect failed". */
final class EngineSocket {

    private EngineSocket() {}

    static void require(URI engine) {
        if (!"unix".equals(engine.getScheme())) {
            return;
        }
        Path socket = Path.of(engine.getPath());
        if (!Files.exists(socket)) {
            throw new IllegalStateException("there is no socket at " + socket
                    + ": start Docker, or, where the healer runs in a container, mount the host's socket there");
        }
        if (!Files.isReadable(socket) || !Files.isWritable(socket)) {
            throw new IllegalStateException("permission denied for " + socket + ": it belongs to " + owners(socket)
                    + "; let the healer run with that group (group_add in compose.yaml)");
        }
    }

    private static String owners(Path socket) {
        try {
            return "user " + Files.getAttribute(socket, "unix:uid") + ", group "
                    + Files.getAttribute(socket, "unix:gid");
        } catch (IOException | UnsupportedOperationException unreadable) {
            return "somebody else (" + unreadable.getMessage() + ")";
        }
    }
}
