package io.selfheal.healer.server.command;

import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.policy.PolicyFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads files that a command is given; what cannot be read is a sentence for whoever gave it. */
final class TextFile {

    private TextFile() {}

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new CommandRefusedException(file + ": there is no such file; give the path of one");
        } catch (CharacterCodingException e) {
            throw new CommandRefusedException(file + ": is not UTF-8 text");
        } catch (IOException e) {
            throw new CommandRefusedException(file + ": cannot be read: " + e.getMessage());
        }
    }

    /** Throws {@link io.selfheal.healer.policy.InvalidPolicyException} with all that is wrong with it. */
    static Policies policies(Path file) {
        return PolicyFile.parse(file.toString(), read(file));
    }
}
