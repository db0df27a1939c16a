package io.selfheal.infra.preflight;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** This machine. */
final class ThisMachine implements Machine {
    private static final long PATIENCE_SECONDS = 60;

    @Override
    public Answer run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Answer.Failed(command.getFirst() + " does not end");
            }
            return process.exitValue() == 0 ? new Answer.Said(text) : new Answer.Failed(text);
        } catch (IOException e) {
            return new Answer.Failed("there is no " + command.getFirst() + " on the PATH");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Failed("interrupted");
        }
    }
}
