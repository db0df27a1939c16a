package io.selfheal.observability;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;

/** A demo as its Prometheus saw it, every 15 s, in a real Prometheus: src/test/resources/recorded/README.md. */
public final class Recording {
    private static final String TEXT = text();
    /** The last moment of the recording, seconds of the epoch. */
    public static final long END = times().max().orElseThrow();

    public static final long START = times().min().orElseThrow();

    private Recording() {}

    public static Program prometheus(Path dir) throws IOException, InterruptedException {
        Path text = dir.resolve("demo.om");
        Files.writeString(text, TEXT);
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

    /** The last word of each line is when it was. */
    private static LongStream times() {
        return TEXT.lines()
                .filter(line -> !line.startsWith("#"))
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)));
    }

    private static String text() {
        try (InputStream in = Recording.class.getResourceAsStream("/recorded/demo.om.gz")) {
            if (in == null) {
                throw new IllegalStateException("the recording is not on the class path");
            }
            return new String(new GZIPInputStream(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
