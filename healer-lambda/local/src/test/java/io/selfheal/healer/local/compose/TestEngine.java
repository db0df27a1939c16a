package io.selfheal.healer.local.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real engine of its own, with its own folder and socket and without a hand on the machine's network; where dockerd is not
 * installed, or nobody may start it, the tests are skipped with the reason. Its one image is empty: containers see the machine's
 * programs read-only. Its containers are made by the command line as compose makes them.
 */
final class TestEngine implements AutoCloseable {
    static final String IMAGE = "selfheal-test:1";
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration A_COMMAND = Duration.ofSeconds(60);

    private final Process process;
    private final Path folder;

    private TestEngine(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /** Throws why there can be none: where containers are started in containers, it is up to the outer one. */
    static TestEngine start() throws IOException {
        Optional<String> impossible = impossible();
        if (impossible.isPresent()) {
            throw new IOException(impossible.get());
        }
        try {
            return launch();
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    URI uri() {
        return URI.create("unix://" + folder.resolve("docker.sock"));
    }

    /**
     * What {@code docker compose up} leaves behind: one container with compose's labels.
     *
     * @param options more of {@code docker run}
     */
    String container(String project, String service, int number, String... options) {
        List<String> command = new ArrayList<>(List.of("run", "--detach", "--pull", "never"));
        command.addAll(List.of("--name", project + "-" + service + "-" + number, "--network", project + "_default"));
        command.addAll(List.of("--network-alias", service, "--expose", "8080", "--stop-signal", "KILL"));
        label(command, Labels.PROJECT, project);
        label(command, Labels.SERVICE, service);
        label(command, Labels.NUMBER, String.valueOf(number));
        label(command, Labels.ONE_OFF, "False");
        label(command, Labels.CONFIG_HASH, "c0ffee00");
        for (String shared : List.of("/bin", "/lib", "/lib64", "/usr")) {
            command.addAll(List.of("--volume", shared + ":" + shared + ":ro"));
        }
        command.addAll(List.of(options));
        command.addAll(List.of(IMAGE, "/bin/sleep", "600"));
        return docker(command.toArray(String[]::new));
    }

    /** The network that all containers of a project are in. */
    void network(String project) {
        docker("network", "create", project + "_default");
    }

    /** Everything of a project, however it came about. */
    void remove(String project) {
        List<String> ids = docker("ps", "--all", "--quiet", "--filter", "label=" + Labels.PROJECT + "=" + project)
                .lines()
                .toList();
        if (!ids.isEmpty()) {
            docker(Stream.concat(Stream.of("rm", "--force", "--volumes"), ids.stream())
                    .toArray(String[]::new));
        }
        docker("network", "rm", project + "_default");
    }

    /** What it printed, without the line's end. Fails when the command fails. */
    String docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker", "--host", uri().toString()));
        command.addAll(List.of(arguments));
        try {
            return output(command, folder.resolve("commands.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void label(List<String> command, String name, String value) {
        command.addAll(List.of("--label", name + "=" + value));
    }

    private static Optional<String> impossible() {
        if (!System.getProperty("user.name", "").equals("root")) {
            return Optional.of("an engine is started by root alone");
        }
        return Stream.of("unshare", "dockerd", "docker")
                .filter(program -> Stream.of(
                                System.getenv().getOrDefault("PATH", "").split(":"))
                        .noneMatch(folder -> Files.isExecutable(Path.of(folder, program))))
                .findFirst()
                .map(program -> "there is no " + program + " on the PATH (Debian: util-linux, docker.io)");
    }

    private static TestEngine launch() throws IOException {
        // A socket's path may be 107 characters long: the module's own folder may be too deep.
        Path folder = Files.createTempDirectory("selfheal-engine");
        // In a network namespace of its own: it would take the bridge of an engine that the machine runs besides.
        Process engine = new ProcessBuilder(
                        "unshare",
                        "--net",
                        "dockerd",
                        "--host",
                        "unix://" + folder.resolve("docker.sock"),
                        "--data-root",
                        folder.resolve("root").toString(),
                        "--exec-root",
                        folder.resolve("exec").toString(),
                        "--pidfile",
                        folder.resolve("pid").toString(),
                        "--bridge",
                        "none",
                        "--iptables=false",
                        "--ip6tables=false")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        TestEngine started = new TestEngine(engine, folder);
        try {
            started.awaitAnswer();
            started.importEmptyImage();
            return started;
        } catch (IOException | UncheckedIOException e) {
            started.close();
            throw e;
        }
    }

    private void awaitAnswer() throws IOException {
        Instant end = Instant.now().plus(START);
        while (true) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new IOException("dockerd did not come up: "
                        + tail(folder.resolve("log")).replace('\n', ' '));
            }
            if (Files.exists(folder.resolve("docker.sock"))) {
                docker("version");
                return;
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void importEmptyImage() throws IOException {
        Path root = Files.createDirectory(folder.resolve("image"));
        Path archive = folder.resolve("image.tar");
        output(List.of("tar", "-C", root.toString(), "-cf", archive.toString(), "."), folder.resolve("commands.log"));
        docker("import", archive.toString(), IMAGE);
    }

    private static String output(List<String> command, Path errors) throws IOException {
        Path answer = Files.createTempFile(errors.getParent(), "answer", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(answer.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            if (!process.waitFor(A_COMMAND.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(String.join(" ", command) + ": " + tail(errors));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return Files.readString(answer).strip();
    }

    private static String tail(Path log) throws IOException {
        String text = Files.readString(log);
        return text.substring(Math.max(0, text.length() - 2000));
    }

    /** The engine first: it unmounts what its containers had. */
    @Override
    public void close() {
        try {
            process.destroy();
            process.waitFor(A_COMMAND.toSeconds(), TimeUnit.SECONDS);
            new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor(A_COMMAND.toSeconds(), TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException("dockerd or its folder " + folder + " is left behind", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
