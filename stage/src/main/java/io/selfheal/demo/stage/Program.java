package io.selfheal.demo.stage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Java program of this repository: where its jar is and the flags it runs with. Training and running must use the same
 * flags, or the JVM refuses the AOT cache; so both take them from here.
 */
public enum Program {
    USER("services/user", "shop-user", "-Xmx128m" + Program.NO_WARNING),
    PRODUCT("services/product", "shop-product", "-Xmx128m" + Program.NO_WARNING),
    ORDER("services/order", "shop-order", "-Xmx128m" + Program.NO_WARNING),
    /** Small in quiet times: the heap shrinks to what is used and a tenth, and only what runs very often is compiled. */
    HEALER(
            "healer-lambda/server",
            "healer-server",
            "-Xms16m -Xmx64m -XX:MaxNewSize=4m -XX:MinHeapFreeRatio=5 -XX:MaxHeapFreeRatio=10 -XX:-ShrinkHeapInSteps"
                    + " -XX:MarkSweepAlwaysCompactCount=1 -XX:SoftRefLRUPolicyMSPerMB=20"
                    + " -XX:CompileThresholdScaling=200 -XX:TrimNativeHeapInterval=10000 -Xss512k"),
    ECS("localstack/embedded", "embedded-ecs", "-Xmx96m");

    /** OpenTelemetry's queue uses Unsafe, and the JDK would warn of it in four lines that are no JSON. */
    private static final String NO_WARNING = " --sun-misc-unsafe-memory-access=allow";

    private final String folder;
    private final String artifact;
    private final String memory;

    Program(String folder, String artifact, String memory) {
        this.folder = folder;
        this.artifact = artifact;
        this.memory = memory;
    }

    /** The program that runs the tasks of a service. */
    public static Program of(String service) {
        return switch (service) {
            case "user" -> USER;
            case "product" -> PRODUCT;
            case "order" -> ORDER;
            default -> throw new IllegalArgumentException("no such service: " + service);
        };
    }

    /** The jar; its libraries lie in {@code lib} beside it. */
    public Path jar(Path root) {
        return root.resolve(folder).resolve("target").resolve(artifact + ".jar");
    }

    /** The AOT cache that the build makes, beside the jar. */
    public Path cache(Path root) {
        return root.resolve(folder).resolve("target").resolve(artifact + ".aot");
    }

    /** The flags alone, for whoever starts it by other means, with the cache at another place. */
    public List<String> flags(String cache) {
        List<String> flags = new ArrayList<>(launcher().subList(1, launcher().size()));
        flags.add("-XX:AOTCache=" + cache);
        return flags;
    }

    /** The artifact's name. */
    public String artifact() {
        return artifact;
    }

    /** How to run it, with its AOT cache if there is one. */
    public List<String> command(Path root) {
        List<String> command = launcher();
        if (Files.exists(cache(root))) {
            command.add("-XX:AOTCache=" + cache(root));
        }
        command.addAll(List.of("-jar", jar(root).toString()));
        return command;
    }

    /** Asks the instance in the same container whether it is alive: a JVM that is over in a moment. */
    public List<String> check(Path root) {
        return List.of(
                java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx16m",
                "-cp",
                jar(root).toString(),
                "io.selfheal.shop.kit.health.ContainerCheck");
    }

    /** How to run it so that it leaves an AOT cache behind when it ends. */
    public List<String> training(Path root, Path output) {
        List<String> command = launcher();
        command.add("-XX:AOTCacheOutput=" + output);
        command.addAll(List.of("-jar", jar(root).toString()));
        return command;
    }

    /** One small heap, one collector thread, and the quick compiler only: start-up and memory count here, not peak speed. */
    private List<String> launcher() {
        List<String> command = new ArrayList<>(List.of(java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(memory.split(" ", -1)));
        return command;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
