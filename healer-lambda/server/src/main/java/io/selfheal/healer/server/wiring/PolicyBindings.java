package io.selfheal.healer.server.wiring;

import io.micronaut.context.annotation.Factory;
import io.selfheal.healer.policy.InvalidPolicyException;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.policy.PolicyFile;
import io.selfheal.healer.server.config.HealerConfiguration;
import io.selfheal.healer.setting.StartRefusedException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The policies, out of a file or out of the setting itself, read once at the start: a mistake in them stops it. */
@Factory
final class PolicyBindings {

    @Singleton
    Policies policies(HealerConfiguration configuration) {
        if (isText(configuration.policy())) {
            return text(configuration.policy());
        }
        Path file = configuration.policyFile();
        try {
            return PolicyFile.parse(file.toString(), Files.readString(file));
        } catch (InvalidPolicyException e) {
            throw new StartRefusedException(e.problems());
        } catch (NoSuchFileException e) {
            throw new StartRefusedException("HEALER_POLICY: there is no file " + file.toAbsolutePath());
        } catch (MalformedInputException e) {
            throw new StartRefusedException("HEALER_POLICY: " + file + " is not UTF-8 text");
        } catch (IOException e) {
            throw new StartRefusedException("HEALER_POLICY: cannot read " + file + ": " + e.getMessage());
        }
    }

    private static Policies text(String yaml) {
        try {
            return PolicyFile.parse("HEALER_POLICY", yaml);
        } catch (InvalidPolicyException e) {
            throw new StartRefusedException(e.problems());
        }
    }

    /** No path has a line break, and policies that are worth it have one: as the Lambda takes them. */
    private static boolean isText(String value) {
        return value.contains("\n") || value.startsWith("{");
    }
}
