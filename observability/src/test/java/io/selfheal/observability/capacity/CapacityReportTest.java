package io.selfheal.observability.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import io.selfheal.observability.Program;
import io.selfheal.observability.Recording;
import io.selfheal.observability.Tool;
import io.selfheal.observability.capacity.ScalabilityLaw.Step;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapacityReportTest {
    private static final ScalabilityLaw KNOWN = new ScalabilityLaw(50, 0.02, 0.0005);
    private static final List<Step> STEPS = List.of(1, 2, 4, 8, 16, 32, 64).stream()
            .map(users -> new Step(users, KNOWN.throughput(users)))
            .toList();

    @Test
    void givenStepsOfAKnownLaw_whenFitted_thenItIsFoundAgain() {
        ScalabilityLaw law = ScalabilityLaw.fit(STEPS);
        assertThat(law.lambda()).isEqualTo(50);
        assertThat(law.sigma()).isCloseTo(0.02, within(1e-9));
        assertThat(law.kappa()).isCloseTo(0.0005, within(1e-9));
        assertThat(law.best()).isCloseTo(44.3, within(0.05));
        assertThat(law.throughput(law.best())).isCloseTo(784, within(0.5));
    }

    @Test
    void givenTooFewSteps_whenFitted_thenItIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScalabilityLaw.fit(STEPS.subList(1, 7)))
                .withMessageContaining("one user");
        assertThatIllegalArgumentException().isThrownBy(() -> ScalabilityLaw.fit(STEPS.subList(0, 3)));
    }

    @Test
    void givenARecordedDemo_whenTheReportIsWritten_thenEveryFigureIsThereForEveryService(@TempDir Path dir)
            throws IOException, InterruptedException {
        try (Program prometheus = Recording.prometheus(dir)) {
            Figures figures = new Figures(prometheus.address(), String.valueOf(Recording.END));
            String page = CapacityReport.page(figures, STEPS, "http://127.0.0.1:1/products", "Measured at noon.");
            assertThat(page)
                    .contains("| figure | order | product | user | formula |")
                    .contains(
                            "| kappa, agreeing with all | 0.0005000 |",
                            "| answers a second there | 784 |",
                            "`/products`")
                    .contains("Little: requests a second", "\nMeasured at noon.\n")
                    .doesNotContain(" none |");
        }
    }

    @Test
    void givenAFittedLaw_whenItGoesToPrometheus_thenItIsARuleForEachOfItsNumbers(@TempDir Path dir) throws IOException {
        String rules = LawRules.of(KNOWN, "product", "/products", Instant.ofEpochSecond(1_795_000_000));

        assertThat(rules)
                .contains(
                        "{record: 'usl:sigma', expr: 'vector(0.02)', labels: {service_name: 'product', path: '/products'}}")
                .contains("'usl:kappa'", "'usl:lambda'", "'vector(1795000000)'")
                .containsPattern("'usl:peak', expr: 'vector\\(784");
        Path file = Files.writeString(dir.resolve("usl.rules.yml"), rules);
        assertThat(Tool.PROMTOOL.run("check", "rules", file.toString()).output())
                .contains("5 rules found");
    }

    @Test
    void givenALawThatNothingHoldsUp_thenItHasNoPeakToTell() {
        assertThat(LawRules.of(new ScalabilityLaw(50, 0, 0), "product", "/products", Instant.EPOCH))
                .contains("'usl:sigma', expr: 'vector(0)'")
                .doesNotContain("usl:peak");
        assertThat(new ScalabilityLaw(50, 0.1, 0).peak()).isCloseTo(500, within(1e-9));
    }

    @Test
    void thenTheRulesOfTheLastTestAreOnesThatPrometheusTakes() {
        Path rules = Path.of(System.getProperty("module.dir", "."), "prometheus/stack/usl.rules.yml");
        assertThat(Tool.PROMTOOL.run("check", "rules", rules.toString()).output())
                .contains("SUCCESS");
    }

    @Test
    void givenAServer_whenUsersAskItStepByStep_thenItsAnswersAreCounted() throws IOException, InterruptedException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            List<Step> steps = new StepLoad(address, Duration.ofMillis(300)).run(List.of(1, 2));
            assertThat(steps).extracting(Step::users).containsExactly(1, 2);
            assertThat(steps).allSatisfy(step -> assertThat(step.throughput()).isPositive());
        } finally {
            server.stop(0);
        }
    }
}
