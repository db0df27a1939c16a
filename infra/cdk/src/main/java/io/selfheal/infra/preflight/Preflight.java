package io.selfheal.infra.preflight;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.selfheal.infra.config.BadConfigurationException;
import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.config.Environments;
import io.selfheal.infra.config.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The command {@code infra/cdk/preflight ENVIRONMENT}. Ends with 0 when nothing is wrong. */
public final class Preflight {
    private static final int BAD_CONFIGURATION = 78;

    private Preflight() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("usage: infra/cdk/preflight ENVIRONMENT, one of cdk.json");
            System.exit(2);
        }
        try {
            System.exit(report(
                    new Checks(new ThisMachine(), settings(arguments[0]), Programs.of(null, Path.of("../.."))).all()));
        } catch (BadConfigurationException e) {
            System.err.println(e.getMessage());
            System.exit(BAD_CONFIGURATION);
        }
    }

    private static EnvironmentSettings settings(String environment) throws IOException {
        Map<?, ?> file = new ObjectMapper().readValue(Path.of("cdk.json").toFile(), Map.class);
        Object environments = file.get("context") instanceof Map<?, ?> context ? context.get("environments") : null;
        return Environments.read(environments, environment).getFirst();
    }

    /** How many things are wrong, at most 1. */
    static int report(List<Finding> findings) {
        boolean wrong = false;
        for (Finding finding : findings) {
            System.out.println(line(finding));
            wrong |= finding instanceof Finding.Wrong;
        }
        return wrong ? 1 : 0;
    }

    static String line(Finding finding) {
        return switch (finding) {
            case Finding.Fine(String what) -> "ok    " + what;
            case Finding.Wrong(String what, String mend) -> "WRONG " + what + "\n      mend: " + mend;
            case Finding.Unknown(String what, String why) -> "?     " + what + ": " + why;
        };
    }
}
