package io.selfheal.embedded.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What is known about a program before it is started. */
final class Programs {
    /** Taken over from this process; nothing else is, so that the endpoint's own secrets stay with it. */
    private static final Set<String> INHERITED = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "SHELL",
            "LANG",
            "LC_ALL",
            "LC_CTYPE",
            "TZ",
            "TMPDIR",
            "JAVA_HOME", //
            "SystemRoot",
            "SystemDrive",
            "ComSpec",
            "PATHEXT",
            "TEMP",
            "TMP",
            "USERPROFILE",
            "APPDATA",
            "LOCALAPPDATA");

    private static final Pattern SHELL_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private Programs() {}

    /** A program that cannot be started must not look like one that ran and failed. */
    static void check(ProcessSpec spec) throws IOException {
        if (!Files.isDirectory(spec.directory())) {
            throw new IOException(
                    "CannotStartContainerError: working directory " + spec.directory() + " does not exist");
        }
        String program = spec.command().getFirst();
        if (!found(program, spec)) {
            throw new IOException(
                    "CannotStartContainerError: exec: \"" + program + "\": executable file not found in $PATH");
        }
    }

    private static boolean found(String program, ProcessSpec spec) {
        if (program.contains("/")) {
            return Files.isExecutable(spec.directory().resolve(program));
        }
        String path = spec.environment().getOrDefault("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        for (String folder : path.split(File.pathSeparator, -1)) {
            Path candidate = spec.directory().resolve(folder).resolve(program);
            if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return true;
            }
        }
        return false;
    }

    static void environment(ProcessBuilder builder, ProcessSpec spec) {
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(INHERITED);
        environment.putAll(spec.environment());
    }

    /** A shell drops variables such as {@code a.b}; env(1) hands them on. */
    static List<String> withAwkwardNames(ProcessSpec spec) {
        List<String> command = new ArrayList<>();
        spec.environment().forEach((name, value) -> {
            if (!SHELL_NAME.matcher(name).matches()) {
                command.add(name + "=" + value);
            }
        });
        if (!command.isEmpty()) {
            command.addFirst("env");
        }
        command.addAll(spec.command());
        return command;
    }
}
