package io.selfheal.healer.server.browser;

import io.selfheal.healer.server.stage.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium with a profile of its own, which reaches nothing but the loopback. */
public final class Chromium implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");

    private final Process process;
    private final DevTools tools;

    private Chromium(Process process, DevTools tools) {
        this.process = process;
        this.tools = tools;
    }

    /** Where it lies; empty: there is none on this machine. */
    public static Optional<Path> installed() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(java.io.File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public static Chromium start(Path program, Path folder) {
        try {
            Path profile = Files.createDirectories(folder.resolve("profile"));
            Process process = new ProcessBuilder(
                            program.toString(),
                            "--headless=new",
                            "--remote-debugging-port=0",
                            "--user-data-dir=" + profile,
                            // As root, in a container, there is no sandbox to be had; it opens nothing but our own
                            // pages.
                            "--no-sandbox",
                            "--disable-dev-shm-usage",
                            "--disable-gpu",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-extensions",
                            "--disable-sync",
                            "--hide-scrollbars",
                            "--force-color-profile=srgb",
                            "--lang=en-GB",
                            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                            "about:blank")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("chromium.log").toFile())
                    .start();
            Path port = profile.resolve("DevToolsActivePort");
            Await.until("Chromium listens", () -> lines(port).size() >= 2 || !process.isAlive());
            if (!process.isAlive()) {
                throw new IllegalStateException("Chromium ended: " + Files.readString(folder.resolve("chromium.log")));
            }
            List<String> where = lines(port);
            return new Chromium(process, DevTools.at(URI.create("ws://127.0.0.1:" + where.get(0) + where.get(1))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new tab that forgets everything when it is closed. */
    public Tab open() {
        return Tab.open(tools);
    }

    @Override
    public void close() {
        tools.close();
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
