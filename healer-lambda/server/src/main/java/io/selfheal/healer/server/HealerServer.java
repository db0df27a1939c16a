package io.selfheal.healer.server;

import io.micronaut.context.ApplicationContext;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.server.command.HealerCommands;
import io.selfheal.healer.server.config.HealerConfiguration;
import io.selfheal.healer.server.wiring.HealerLifecycle;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program: {@code java -jar healer-server.jar}, configured by environment variables; with a command it does that and ends. */
public final class HealerServer {

    /** What {@code EX_CONFIG} of sysexits.h says: start it again only after changing something. */
    private static final int REFUSED = 78;

    private static final int BROKEN = 1;

    private HealerServer() {}

    public static void main(String[] args) {
        if (HealerCommands.areMeantBy(args)) {
            System.exit(HealerCommands.run(args));
        }
        giveMemoryBack();
        ApplicationContext context = ApplicationContext.builder()
                .mainClass(HealerServer.class)
                .args(args)
                .deduceEnvironment(false)
                .banner(false)
                .build();
        try {
            start(context.start());
        } catch (RuntimeException | LinkageError e) {
            int code = explain(e);
            // Not exit(): what was started half would be asked to stop in good order, and might wait for ever.
            Runtime.getRuntime().halt(code);
        }
    }

    /** Not a constant: commands neither log nor wait for what logs. */
    private static Logger log() {
        return LoggerFactory.getLogger(HealerServer.class);
    }

    /** Netty would pool tens of MB after a storm; a few webhooks a second do not need a pool. Unless the operator says else. */
    private static void giveMemoryBack() {
        if (System.getProperty("io.netty.allocator.type") == null) {
            System.setProperty("io.netty.allocator.type", "unpooled");
        }
    }

    /** In the order in which an operator wants to hear of mistakes: settings first, then the policy, the store, the port. */
    private static void start(ApplicationContext context) {
        HealerConfiguration configuration = context.getBean(HealerConfiguration.class);
        Policies policies = context.getBean(Policies.class);
        HealerLifecycle healer = context.getBean(HealerLifecycle.class);
        URI address = healer.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(healer, context), "shutdown"));
        log().info("healer ready on {} with policy {}, {}", address, policies.label(), configuration);
    }

    private static int explain(Throwable failure) {
        Optional<List<String>> sentences = Refusal.sentences(failure);
        if (sentences.isEmpty()) {
            log().error("the healer could not start", failure);
            return BROKEN;
        }
        sentences.get().forEach(sentence -> log().error("start refused: {}", sentence));
        return REFUSED;
    }

    private static void stop(HealerLifecycle healer, ApplicationContext context) {
        healer.stop();
        context.stop();
        log().info("stopped");
    }
}
