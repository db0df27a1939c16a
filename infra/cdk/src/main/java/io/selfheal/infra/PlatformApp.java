package io.selfheal.infra;

import io.selfheal.infra.config.BadConfigurationException;
import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.config.Environments;
import io.selfheal.infra.config.Programs;
import io.selfheal.infra.cost.CostReport;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awscdk.App;

/** What {@code cdk synth} and {@code cdk deploy} run. */
public final class PlatformApp {
    /** EX_CONFIG of sysexits.h, as the healer ends with. */
    private static final int BAD_CONFIGURATION = 78;

    private PlatformApp() {}

    public static void main(String[] arguments) {
        try {
            synthesise(new App());
        } catch (BadConfigurationException e) {
            System.err.println(e.getMessage());
            System.exit(BAD_CONFIGURATION);
        }
    }

    private static void synthesise(App app) {
        List<EnvironmentSettings> environments = Environments.read(
                app.getNode().tryGetContext("environments"), app.getNode().tryGetContext("env"));
        Programs programs = Programs.of(app.getNode().tryGetContext("programs"), Path.of("../.."));
        for (EnvironmentSettings settings : environments) {
            new EnvironmentStage(app, settings, programs);
            System.err.println(CostReport.of(settings).oneLine());
        }
        app.synth();
    }
}
