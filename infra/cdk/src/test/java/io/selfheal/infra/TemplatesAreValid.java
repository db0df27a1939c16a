package io.selfheal.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.infra.config.BadConfigurationException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;

/** The library's own validation of templates against CloudFormation's schemas, its findings as errors. Runs by itself: see the pom. */
@NeedsNode
class TemplatesAreValid {

    @Test
    void givenAllEnvironments_thenTheirTemplatesAre() {
        assertThat(Synthesised.all().templates()).hasSize(3);
    }

    @Test
    void givenAPlantedFault_thenItIsFound() {
        App app = new App(AppProps.builder()
                .context(Synthesised.context())
                .outdir(Path.of("target/cdk.out-planted").toAbsolutePath().toString())
                .build());
        Stack stack = new Stack(app, "Planted", StackProps.builder().build());
        CfnResource.Builder.create(stack, "Log")
                .type("AWS::Logs::LogGroup")
                .properties(java.util.Map.of("RetentionInDays", 8, "Colour", List.of("red")))
                .build();

        assertThatThrownBy(app::synth).hasMessageContaining("Validation failed");
    }

    @Test
    void givenARegionThatLacksSomething_thenOneSentenceNamesTheKeyAndAllThatItLacks() {
        assertThatThrownBy(() -> PlatformApp.synthesise(PlatformAppTest.inRegion("mx-central-1")))
                .isInstanceOf(BadConfigurationException.class)
                .hasMessage("environments.dev.region: mx-central-1 does not have everything that is to be made there;"
                        + " choose another one. It lacks: dev/Chaos/crash-order (CfnExperimentTemplate),"
                        + " dev/Observability/Budget (CfnBudget)");
    }
}
