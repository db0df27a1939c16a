package io.selfheal.demo.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The end of a log, for a message to a person. */
public final class LogTail {

    private static final int LINES = 12;
    /** Log lines of programs are JSON with whole stack traces in them. */
    private static final int WIDTH = 400;

    private LogTail() {}

    /** Never throws: it is for messages about other failures. */
    public static String of(Path log) {
        try {
            // Not readAllLines: a program's log may hold any bytes.
            String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
            List<String> lines = text.lines().toList();
            return lines.isEmpty()
                    ? "Its log is empty: " + log
                    : lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
                            .map(line -> line.length() > WIDTH ? line.substring(0, WIDTH) + "…" : line)
                            .collect(Collectors.joining("\n  | ", "The last lines of " + log + ":\n  | ", ""));
        } catch (IOException e) {
            return "Its log cannot be read: " + log;
        }
    }
}
