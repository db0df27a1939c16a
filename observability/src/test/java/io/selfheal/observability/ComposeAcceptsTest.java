package io.selfheal.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docker compose, or the library that it reads files with (.ci/compose-check), makes of ours. No engine is needed. */
class ComposeAcceptsTest {
    private static final Map<String, String> CHOSEN = Map.of(
            "HEALER_TOKEN", "sixteen-characters",
            "SHOP_DB_PASSWORD", "chosen",
            "GRAFANA_ADMIN_PASSWORD", "chosen");

    private static List<String> compose = List.of();

    private record Answer(int exit, String output) {}

    @BeforeAll
    static void find() {
        Optional<List<String>> found = Stream.of(
                        List.of("docker", "compose"), List.of("docker-compose"), List.of("compose-check"))
                .filter(ComposeAcceptsTest::knowsInclude)
                .findFirst();
        if (found.isEmpty()) {
            String why = "there is no docker compose 2.20 or later, and no compose-check (.ci/compose-check)";
            System.err.println("Combinations of compose files are read by our own test only: " + why);
            abort(why);
        }
        compose = found.orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "full, ", "full, dev", "full, staging", "full, prod",
        "lite, lite", "lite, lite dev", "lite, lite staging", "lite, lite prod",
        "'', shop", "'', shop dev", "'', shop staging", "'', shop prod"
    })
    void givenACombination_whenComposeReadsIt_thenItIsAccepted(String profile, String overlays) {
        Answer answer = run(CHOSEN, profile, overlays == null ? "" : overlays, "config", "--services");

        assertThat(answer.exit()).as(answer.output()).isZero();
        assertThat(answer.output().lines()).contains("order", "healer", "database");
        assertThat(answer.output().contains("grafana")).isEqualTo(!profile.isEmpty());
        assertThat(answer.output().contains("collector")).isEqualTo(profile.equals("full"));
    }

    @Test
    void givenProductionWithoutSecrets_whenComposeReadsIt_thenItSaysWhichIsMissing() {
        Answer answer = run(Map.of("HEALER_TOKEN", "sixteen-characters"), "full", "prod", "config", "--quiet");

        assertThat(answer.exit()).isNotZero();
        assertThat(answer.output()).containsAnyOf("SHOP_DB_PASSWORD", "GRAFANA_ADMIN_PASSWORD");
    }

    private static Answer run(Map<String, String> environment, String profile, String overlays, String... what) {
        List<String> command = new ArrayList<>(compose);
        command.addAll(List.of("-f", "compose.yaml"));
        Stream.of(overlays.split(" "))
                .filter(overlay -> !overlay.isEmpty())
                .forEach(overlay -> command.addAll(List.of("-f", "observability/overlays/" + overlay + ".yaml")));
        command.addAll(List.of(what));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(ComposeFiles.ROOT.toAbsolutePath().toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeAll(CHOSEN.keySet());
        builder.environment().putAll(environment);
        builder.environment().put("COMPOSE_PROFILES", profile);
        return ended(builder);
    }

    /** {@code include} came with 2.20; 1.29, which distributions still have, knows nothing of it. */
    private static boolean knowsInclude(List<String> candidate) {
        List<String> command = new ArrayList<>(candidate);
        command.addAll(List.of("version", "--short"));
        try {
            Answer answer = ended(new ProcessBuilder(command).redirectErrorStream(true));
            return answer.exit() == 0 && answer.output().strip().matches("v?([3-9]|2\\.[2-9]\\d)\\..*");
        } catch (IllegalStateException missing) {
            return false;
        }
    }

    private static Answer ended(ProcessBuilder builder) {
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(process.waitFor(), output);
        } catch (IOException e) {
            throw new IllegalStateException(builder.command() + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
