package io.selfheal.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real AWS CLI against the endpoint: {@code aws-cli.sh} tells the whole story of a service. */
class AwsCliTest {
    @Test
    void theAwsCliRunsAServiceFromCreationToDeletion(@TempDir Path folder) throws Exception {
        assumeTrue(aws(), "skipped: no aws command on the PATH (Debian: apt-get install awscli)");
        try (EmbeddedEcs ecs =
                EmbeddedEcs.start(EmbeddedEcsOptions.in(folder.resolve("state")).withSettle(Duration.ofMillis(100)))) {
            Path script = Path.of("src", "test", "resources", "aws-cli.sh").toAbsolutePath();
            ProcessBuilder builder = new ProcessBuilder(
                            "sh", script.toString(), folder.resolve("state").toString())
                    .redirectErrorStream(true);
            builder.environment()
                    .putAll(Map.of(
                            "AWS_ENDPOINT_URL_ECS", ecs.uri().toString(),
                            "AWS_DEFAULT_REGION", "us-east-1",
                            "AWS_ACCESS_KEY_ID", "x",
                            "AWS_SECRET_ACCESS_KEY", "y",
                            "AWS_PAGER", ""));
            Process story = builder.start();
            String said = new String(story.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(story.waitFor()).as(said).isZero();
            assertThat(said).contains("ok: the whole story");
        }
    }

    private static boolean aws() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(dir -> Path.of(dir, "aws"))
                .anyMatch(Files::isExecutable);
    }
}
