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

/** The policy file, read once at the start: a file with a mistake in it stops the start. */
@Factory
final class PolicyBindings {

    @Singleton
    Policies policies(HealerConfiguration configuration) {
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
}
