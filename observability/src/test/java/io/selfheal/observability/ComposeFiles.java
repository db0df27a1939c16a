package io.selfheal.observability;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files that docker compose is given, as far as the tests need to read them without it. */
record ComposeFiles(Map<String, Map<String, Object>> services) {
    static final Path ROOT = Rendered.MODULE.resolve("..").normalize();
    static final List<String> OVERLAYS = List.of("dev", "staging", "prod", "lite", "shop");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::?-([^}]*)|:?\\?[^}]*)?}");

    /** compose.yaml, what it includes, and the overlays, each over what was before. */
    static ComposeFiles with(String... overlays) {
        Map<String, Map<String, Object>> merged = new LinkedHashMap<>();
        Stream.concat(
                        Stream.of("compose.yaml", "observability/compose.yaml"),
                        Stream.of(overlays).map(overlay -> "observability/overlays/" + overlay + ".yaml"))
                .forEach(file -> services(file)
                        .forEach((name, service) -> merged.merge(name, service, (below, over) -> {
                            Map<String, Object> both = new LinkedHashMap<>(below);
                            both.putAll(over);
                            return both;
                        })));
        return new ComposeFiles(merged);
    }

    /** With the profile on: those of no profile, and its own. */
    ComposeFiles started(String profile) {
        Map<String, Map<String, Object>> started = new LinkedHashMap<>(services);
        started.values()
                .removeIf(service ->
                        service.containsKey("profiles") && !((List<?>) service.get("profiles")).contains(profile));
        return new ComposeFiles(started);
    }

    /** The sum of all containers' limits. */
    int memoryMib() {
        return services.values().stream()
                .mapToInt(service -> mib(service) * (int) service.getOrDefault("scale", 1))
                .sum();
    }

    private static int mib(Map<String, Object> service) {
        String limit = String.valueOf(service.get("mem_limit"));
        if (!limit.matches("\\d+m")) {
            throw new AssertionError("a container without a limit in MiB: " + service);
        }
        return Integer.parseInt(limit.replace("m", ""));
    }

    static Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String line : Rendered.text(ROOT.resolve(".env")).lines().toList()) {
            if (line.contains("=") && !line.startsWith("#")) {
                environment.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
            }
        }
        return environment;
    }

    /** Variables filled in from .env, else by their default. */
    static String filled(String text) {
        Map<String, String> environment = environment();
        return VARIABLE.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        environment.getOrDefault(match.group(1), match.group(2) == null ? "" : match.group(2))));
    }

    @SuppressWarnings("unchecked") // YAML maps of maps; anything else fails the test where it is read
    private static Map<String, Map<String, Object>> services(String file) {
        return (Map<String, Map<String, Object>>)
                Rendered.yaml(ROOT.resolve(file)).getOrDefault("services", Map.of());
    }
}
