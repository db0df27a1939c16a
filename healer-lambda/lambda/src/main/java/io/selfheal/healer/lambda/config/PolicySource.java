package io.selfheal.healer.lambda.config;

import io.selfheal.healer.policy.InvalidPolicyException;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.policy.PolicyFile;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The policies, out of a file of the package or out of the variable itself. */
final class PolicySource {
    private static final String NAME = "HEALER_POLICY";

    private PolicySource() {}

    /** Empty: there is a problem, which keeps the function from starting. */
    static Optional<Policies> read(Variables variables, Path folder) {
        String value = variables.text(NAME, "");
        if (value.isEmpty()) {
            variables.require(
                    false,
                    "HEALER_POLICY is not set: give the path of a policy file in the package, or the policies"
                            + " themselves; without any the healer may do nothing");
            return Optional.empty();
        }
        try {
            return Optional.of(isText(value) ? PolicyFile.parse(NAME, value) : file(folder.resolve(value)));
        } catch (InvalidPolicyException e) {
            variables.problems(e.problems());
        } catch (NoSuchFileException e) {
            variables.require(false, "HEALER_POLICY: there is no file " + e.getFile());
        } catch (MalformedInputException e) {
            variables.require(false, "HEALER_POLICY: " + value + " is not UTF-8 text");
        } catch (IOException e) {
            variables.require(false, "HEALER_POLICY: cannot read " + value + ": " + e.getMessage());
        }
        return Optional.empty();
    }

    /** No path has a line break, and policies that are worth it have one; {@code {version: 1...}} is YAML in one line. */
    private static boolean isText(String value) {
        return value.contains("\n") || value.startsWith("{");
    }

    private static Policies file(Path file) throws IOException {
        return PolicyFile.parse(String.valueOf(file.getFileName()), Files.readString(file));
    }
}
