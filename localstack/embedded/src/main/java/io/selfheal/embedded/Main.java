package io.selfheal.embedded;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The endpoint as a program: {@code java -jar embedded-ecs.jar --help}. */
public final class Main {
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Main() {}

    /** Runs until it is stopped. */
    public static void main(String[] args) throws InterruptedException {
        if (System.getProperty("java.util.logging.SimpleFormatter.format") == null) {
            System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL%1$tz %4$s %5$s%6$s%n");
        }
        int status = run(args, System.out, System.err);
        if (status >= 0) {
            System.exit(status);
        }
        new CountDownLatch(1).await();
    }

    /** The exit status, or -1 if the endpoint now runs. */
    static int run(String[] args, PrintStream out, PrintStream err) {
        if (List.of(args).contains("--help")) {
            out.print(CommandLine.USAGE);
            return 0;
        }
        try {
            EmbeddedEcsOptions options = CommandLine.parse(args, System.getenv());
            EmbeddedEcs ecs = EmbeddedEcs.start(options);
            Runtime.getRuntime().addShutdownHook(new Thread(ecs::close, "stop"));
            out.println("embedded ECS ready on " + ecs.uri());
            return -1;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.print(CommandLine.USAGE);
            return USAGE;
        } catch (IOException e) {
            err.println(e.getMessage());
            return FAILED;
        }
    }
}
