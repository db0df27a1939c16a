package io.selfheal.infra;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.infra.config.BadConfigurationException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

/** What only the library can tell of a setting. */
@NeedsNode
class PlatformAppTest {

    @Test
    void givenARegionThatThereIsNot_thenOneSentenceNamesItsKey() {
        assertThatThrownBy(() -> PlatformApp.synthesise(inRegion("eu-centrall-1")))
                .isInstanceOf(BadConfigurationException.class)
                .hasMessage("environments.dev.region: expected a region that this version of the CDK knows,"
                        + " was 'eu-centrall-1'");
    }

    static App inRegion(String region) {
        Map<String, Object> context = Synthesised.context();
        ObjectNode environments = Synthesised.JSON.valueToTree(context.get("environments"));
        ((ObjectNode) environments.at("/dev")).put("region", region);
        context.put("env", "dev");
        context.put("environments", plain(environments));
        return new App(AppProps.builder()
                .context(context)
                .outdir(Path.of("target/cdk.out-region").toAbsolutePath().toString())
                .build());
    }

    private static Map<String, Object> plain(JsonNode environments) {
        return Synthesised.JSON.convertValue(environments, new TypeReference<LinkedHashMap<String, Object>>() {});
    }
}
