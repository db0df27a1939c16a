package io.selfheal.embedded.logs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one container wrote, from its file. */
public record LogStream(String group, String name, String arn, Path file, Instant createdAt) {
    /** Of a longer file the end: some ten thousand lines. */
    private static final int MAX_BYTES = 4 << 20;
    /** Where a line says when it was written: a field of JSON, or its first word. */
    private static final int LOOKED_AT = 200;

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?Z");

    /** In their order; none as long as nothing was written. */
    public List<LogEvent> events() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, open.length() - MAX_BYTES);
            byte[] bytes = new byte[(int) (open.length() - from)];
            open.seek(from);
            // It may be emptied meanwhile: then there is less to read.
            int length = Math.max(0, open.read(bytes));
            return events(bytes, length, from);
        }
    }

    private List<LogEvent> events(byte[] bytes, int length, long from) throws IOException {
        List<Line> lines = lines(bytes, length, from);
        // A line without a time was written after the one before it; where none has one, the file's own tells
        // something.
        Instant at = lines.stream().anyMatch(line -> line.at().isPresent())
                ? createdAt
                : Files.getLastModifiedTime(file).toInstant();
        List<LogEvent> events = new ArrayList<>();
        for (Line line : lines) {
            at = line.at().orElse(at);
            events.add(LogEvent.of(name, at, line.place(), line.text()));
        }
        return events;
    }

    private record Line(long place, String text, Optional<Instant> at) {}

    /** Without the first when only its end was read, and without the last as long as it is not written to its end. */
    private static List<Line> lines(byte[] bytes, int length, long from) {
        List<Line> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                String text = new String(bytes, start, i - start, StandardCharsets.UTF_8).stripTrailing();
                boolean cut = start == 0 && from > 0;
                if (!cut && !text.isEmpty()) {
                    lines.add(new Line(from + start, text, time(text)));
                }
                start = i + 1;
            }
        }
        return lines;
    }

    private static Optional<Instant> time(String line) {
        Matcher found = TIME.matcher(line.length() > LOOKED_AT ? line.substring(0, LOOKED_AT) : line);
        try {
            return found.find() ? Optional.of(Instant.parse(found.group())) : Optional.empty();
        } catch (DateTimeException noSuchTime) {
            return Optional.empty();
        }
    }
}
