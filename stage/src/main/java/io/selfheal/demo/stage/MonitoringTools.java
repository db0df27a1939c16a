package io.selfheal.demo.stage;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Finds Prometheus and Alertmanager on the PATH; on Debian as root it installs them when they are missing. */
public final class MonitoringTools {

    /** Debian names the second one prometheus-alertmanager. */
    private static final List<String> ALERTMANAGER_NAMES = List.of("alertmanager", "prometheus-alertmanager");

    private static final Path POLICY = Path.of("/usr/sbin/policy-rc.d");
    private static final long MINUTES = 5;

    /** The two programs. */
    public record Tools(Path prometheus, Path alertmanager) {}

    private MonitoringTools() {}

    /** Both, if both are on the PATH. */
    public static Optional<Tools> find() {
        Optional<Path> prometheus = onPath("prometheus");
        Optional<Path> alertmanager = ALERTMANAGER_NAMES.stream()
                .flatMap(name -> onPath(name).stream())
                .findFirst();
        return prometheus.flatMap(found -> alertmanager.map(other -> new Tools(found, other)));
    }

    /** Both, installed if need be and possible; says what it does and why it cannot. */
    public static Optional<Tools> findOrInstall(Path log, Consumer<String> say) {
        Optional<Tools> found = find();
        if (found.isPresent() || !installable()) {
            return found;
        }
        say.accept(
                "Prometheus or Alertmanager is missing: installing prometheus and prometheus-alertmanager with apt-get"
                        + " (their daemons are not started)");
        try {
            install(log);
        } catch (IOException e) {
            say.accept("they could not be installed (" + e.getMessage() + "; see " + log + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return find();
    }

    /** How a person gets them. */
    public static String mend() {
        return "install Prometheus and Alertmanager and put both on the PATH"
                + " (Debian, Ubuntu: apt-get install prometheus prometheus-alertmanager; macOS: brew install prometheus alertmanager)";
    }

    /** Whether the stage may install them by itself. */
    public static boolean installable() {
        return Files.exists(Path.of("/etc/debian_version"))
                && System.getProperty("user.name").equals("root")
                && onPath("apt-get").isPresent();
    }

    private static void install(Path log) throws IOException, InterruptedException {
        // Debian starts the daemons of a new package at once, on the ports that we want, unless this file says no.
        boolean ours = !Files.exists(POLICY);
        if (ours) {
            Files.writeString(POLICY, "#!/bin/sh\nexit 101\n");
            Files.setPosixFilePermissions(POLICY, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        try {
            apt(log, "update");
            apt(log, "install", "-y", "--no-install-recommends", "prometheus", "prometheus-alertmanager");
        } finally {
            if (ours) {
                Files.delete(POLICY);
            }
        }
    }

    private static void apt(Path log, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("apt-get", "-q");
        builder.command().addAll(List.of(arguments));
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        builder.redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Process apt = builder.start();
        if (!apt.waitFor(MINUTES, TimeUnit.MINUTES)) {
            apt.destroyForcibly();
            throw new IOException("apt-get " + arguments[0] + " took more than " + MINUTES + " minutes");
        }
        if (apt.exitValue() != 0) {
            throw new IOException("apt-get " + arguments[0] + " ended with exit code " + apt.exitValue());
        }
    }

    /** A program on the PATH. */
    public static Optional<Path> onPath(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        for (String folder : path.split(File.pathSeparator, -1)) {
            Path candidate = Path.of(folder, name);
            if (!folder.isEmpty() && Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
