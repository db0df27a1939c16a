package io.selfheal.infra;

import io.selfheal.infra.config.BadConfigurationException;
import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.config.Environments;
import io.selfheal.infra.config.Programs;
import io.selfheal.infra.cost.CostReport;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.regioninfo.RegionInfo;

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

    static void synthesise(App app) {
        List<EnvironmentSettings> environments = Environments.read(
                app.getNode().tryGetContext("environments"), app.getNode().tryGetContext("env"));
        Programs programs = Programs.of(app.getNode().tryGetContext("programs"), Path.of("../.."));
        for (EnvironmentSettings settings : environments) {
            refuseUnknownRegion(settings);
            new EnvironmentStage(app, settings, programs);
            System.err.println(CostReport.of(settings).oneLine());
        }
        try {
            app.synth();
        } catch (RuntimeException refused) {
            // Another failure may have left the report of an earlier synthesis where it was.
            if (String.valueOf(refused.getMessage()).contains(LackingTypes.REPORT)) {
                environments.forEach(settings -> refuseLackingTypes(settings, Path.of(app.getOutdir())));
            }
            throw refused;
        }
    }

    /** The library's own words are a report in a file and a stack trace, which name neither the key nor what to do. */
    private static void refuseLackingTypes(EnvironmentSettings settings, Path assembly) {
        List<String> lacking = LackingTypes.of(settings.name(), assembly);
        if (!lacking.isEmpty()) {
            throw new BadConfigurationException(
                    "environments." + settings.name() + ".region",
                    settings.region()
                            + " does not have everything that is to be made there; choose another one. It lacks: "
                            + String.join(", ", lacking));
        }
    }

    /** To cdk-nag and to the validation of templates a region with a slip in its name is a screen full of findings, none of which says so. */
    private static void refuseUnknownRegion(EnvironmentSettings settings) {
        if (RegionInfo.getRegions().stream()
                .noneMatch(known -> settings.region().equals(known.getName()))) {
            throw new BadConfigurationException(
                    "environments." + settings.name() + ".region",
                    "expected a region that this version of the CDK knows, was '" + settings.region() + "'");
        }
    }
}
