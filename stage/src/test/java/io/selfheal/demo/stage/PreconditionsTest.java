package io.selfheal.demo.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.observability.Profile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreconditionsTest {

    @Test
    void givenAPortInUse_whenChecked_thenItsNumberUseAndMendAreTold() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int offset = taken.getLocalPort() - new Ports(0).healer();

            assertThat(Preconditions.portsInUse(new Ports(offset))).anySatisfy(sentence -> assertThat(sentence)
                    .contains(String.valueOf(taken.getLocalPort()))
                    .contains("healer")
                    .contains("--port-offset"));
        }
    }

    @Test
    void givenNothingBuilt_whenChecked_thenEveryMissingJarIsTold(@TempDir Path empty) {
        assertThatThrownBy(() -> Preconditions.check(options(empty)))
                .isInstanceOf(StageFailed.class)
                .hasMessageContainingAll("shop-user.jar", "shop-product.jar", "shop-order.jar", "healer-server.jar")
                .hasMessageContaining("./mvnw");
    }

    @Test
    void givenAFolderThatIsHeld_whenTaken_thenRefused(@TempDir Path folder) {
        try (RunFolder held = RunFolder.take(folder)) {
            assertThat(held.log("x")).hasParentRaw(folder.resolve("logs"));
            assertThatThrownBy(() -> RunFolder.take(folder))
                    .isInstanceOf(StageFailed.class)
                    .hasMessageContaining("--port-offset");
        }
        RunFolder.take(folder).close();
    }

    private static StageOptions options(Path root) {
        return new StageOptions(root, Profile.FAST, true, true, Optional.empty(), new Ports(31_000), 1);
    }
}
