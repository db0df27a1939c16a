package io.selfheal.healer.local;

import io.selfheal.healer.fleet.ServiceId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A healer's store in a process of its own: saves one incident after the other and says so, until it is killed. */
final class StoringProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader said;

    private StoringProcess(Process process) {
        this.process = process;
        this.said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static StoringProcess start(Path file) throws IOException {
        return new StoringProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoringProcess.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Waits until it has acknowledged so many saves. */
    void awaitSaves(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            if (said.readLine() == null) {
                throw new IOException("the storing process ended after " + i + " saves");
            }
        }
    }

    /** Kills it at once and answers how many saves it acknowledged beyond those awaited. */
    int kill() throws IOException, InterruptedException {
        // by its handle: Process.destroyForcibly would also close what it said last
        process.toHandle().destroyForcibly();
        process.waitFor();
        int more = 0;
        for (String line = said.readLine(); line != null && line.startsWith("saved "); line = said.readLine()) {
            more++;
        }
        return more;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] args) {
        JdbcIncidentStore store = new JdbcIncidentStore(JdbcDatabase.open(JdbcSettings.h2File(Path.of(args[0]))));
        for (int i = 1; ; i++) {
            store.save(Incidents.change(Incidents.open("i" + i, new ServiceId("selfheal", "s" + i))));
            // short and flushed by println: a cut line cannot pass for an acknowledgement
            System.out.println("saved " + i + ";");
        }
    }
}
