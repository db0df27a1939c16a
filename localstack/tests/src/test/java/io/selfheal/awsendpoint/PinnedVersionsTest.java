package io.selfheal.awsendpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** LocalStack's version stands in the pom for the tests, in .env for compose, and in the name of the list that CI installs. */
class PinnedVersionsTest {

    @Test
    void givenTheVersionOfTheTestsImage_thenComposeAndCiHaveTheSame() throws IOException {
        String version = System.getProperty("localstack.image", "").replaceAll(".*:", "");

        assertThat(Files.readAllLines(Path.of("..", ".env"))).contains("LOCALSTACK_VERSION=" + version);
        assertThat(Files.readString(Path.of("..", "..", ".ci", "endpoint", "localstack-" + version + ".txt")))
                .contains("localstack-core==" + version);
    }
}
