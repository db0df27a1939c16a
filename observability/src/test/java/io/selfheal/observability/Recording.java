package io.selfheal.observability;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A demo as its Prometheus saw it, every 15 s, in a real Prometheus: src/test/resources/recorded/README.md. */
public final class Recording {
    /** The last moment of the recording, seconds of the epoch. */
    public static final long END = 1795350820L;

    public static final long START = END - 350;

    private Recording() {}

    public static Program prometheus(Path dir) throws IOException, InterruptedException {
        Path text = dir.resolve("demo.om");
        try (InputStream in = Recording.class.getResourceAsStream("/recorded/demo.om.gz")) {
            if (in == null) {
                throw new IllegalStateException("the recording is not on the class path");
            }
            Files.write(text, new GZIPInputStream(in).readAllBytes());
        }
        Path data = dir.resolve("data");
        Tool.Run run = Tool.PROMTOOL.run("tsdb", "create-blocks-from", "openmetrics", text.toString(), data.toString());
        if (run.exit() != 0) {
            throw new IllegalStateException("promtool does not take the recording: " + run.output());
        }
        Path config = Files.writeString(dir.resolve("prometheus.yml"), "global: {}\n");
        List<String> arguments =
                List.of("--config.file=" + config, "--storage.tsdb.path=" + data, "--storage.tsdb.retention.time=100y");
        return Program.start(Tool.PROMETHEUS, dir.resolve("log"), arguments);
    }
}
