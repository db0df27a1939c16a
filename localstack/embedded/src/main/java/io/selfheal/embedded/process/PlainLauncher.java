package io.selfheal.embedded.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;

/**
 * Runs a program as a plain child, where there is no POSIX shell (Windows). If the endpoint is killed the program goes on until the next
 * start on the same state directory ends it.
 */
final class PlainLauncher implements Launcher {
    @Override
    public Running start(ProcessSpec spec) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(spec.command())
                .directory(spec.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        spec.log().map(Path::toFile).map(Redirect::appendTo).orElse(Redirect.DISCARD));
        Programs.environment(builder, spec);
        return new Plain(builder.start());
    }

    private record Plain(Process process) implements Running {
        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public void terminate() {
            process.destroy();
        }

        @Override
        public void kill() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }

        @Override
        public int await() throws InterruptedException {
            return process.waitFor();
        }
    }
}
