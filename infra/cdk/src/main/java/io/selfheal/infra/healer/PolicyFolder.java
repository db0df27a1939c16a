package io.selfheal.infra.healer;

import io.selfheal.healer.policy.InvalidPolicyException;
import io.selfheal.healer.policy.PolicyFile;
import io.selfheal.infra.config.BadConfigurationException;
import io.selfheal.infra.config.EnvironmentSettings;
import io.selfheal.infra.config.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The policies of one environment: those of the repository, which only watch where the environment says so. Read with the healer's own
 * parser, so that what would stop the healer's start stops the synthesis.
 */
public record PolicyFolder(String text, Path folder) {
    public static final String FILE = "policy.yaml";
    /** What an SSM parameter may hold, in characters of ASCII. */
    private static final int MOST = 8192;

    public static PolicyFolder of(EnvironmentSettings settings, Programs programs) {
        Path source = programs.repository().resolve("infra/cdk/policies/aws.yaml");
        String written = Programs.text(source);
        String text = settings.healer().act() ? written : written.replace("mode: act", "mode: shadow");
        check(text);
        Path folder = programs.repository().resolve("infra/cdk/target/policies/" + settings.name());
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(FILE), text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + folder, e);
        }
        return new PolicyFolder(text, folder);
    }

    private static void check(String text) {
        try {
            PolicyFile.parse("infra/cdk/policies/aws.yaml", text);
        } catch (InvalidPolicyException e) {
            throw new BadConfigurationException("policies", String.join("; ", e.problems()));
        }
        if (text.length() > MOST) {
            throw new BadConfigurationException(
                    "policies", "infra/cdk/policies/aws.yaml has " + text.length() + " characters, more than " + MOST);
        }
    }
}
