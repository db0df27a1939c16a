package io.selfheal.observability.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import io.selfheal.observability.Program;
import io.selfheal.observability.Recording;
import io.selfheal.observability.capacity.ScalabilityLaw.Step;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
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
            String page = CapacityReport.page(figures, STEPS, "http://127.0.0.1:1/products");
            assertThat(page)
                    .contains("| figure | order | product | user | formula |")
                    .contains(
                            "| kappa, agreeing with all | 0.0005000 |",
                            "| answers a second there | 784 |",
                            "`/products`")
                    .contains("Little: requests a second")
                    .doesNotContain(" none |");
        }
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
