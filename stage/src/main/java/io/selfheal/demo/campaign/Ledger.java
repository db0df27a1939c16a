package io.selfheal.demo.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The file of lines. Each run appends its own, so that whatever ends the command, all finished runs are kept. */
public final class Ledger {

    private final Path file;

    public Ledger(Path folder) {
        this.file = folder.resolve("runs.jsonl");
    }

    /** The lines of that key, those of others by key, and how many lines are none. */
    public record Contents(List<RunLine> ours, Map<String, Integer> others, int broken) {}

    public Path file() {
        return file;
    }

    public Contents read(String key) throws IOException {
        List<RunLine> ours = new ArrayList<>();
        Map<String, Integer> others = new TreeMap<>();
        int broken = 0;
        for (String text : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            var line = RunLine.parse(text);
            if (line.isEmpty()) {
                broken++;
            } else if (line.get().key().equals(key)) {
                ours.add(line.get());
            } else {
                others.merge(line.get().key(), 1, Integer::sum);
            }
        }
        return new Contents(List.copyOf(ours), Map.copyOf(others), broken);
    }

    /** On a line of its own, also behind the half of one. */
    public void append(RunLine line) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        String before = Files.exists(file) && Files.size(file) > 0 && !endsInNewline() ? "\n" : "";
        Files.writeString(file, before + line.json() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private boolean endsInNewline() throws IOException {
        byte[] all = Files.readAllBytes(file);
        return all[all.length - 1] == '\n';
    }
}
