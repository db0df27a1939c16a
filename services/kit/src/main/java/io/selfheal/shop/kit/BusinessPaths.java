package io.selfheal.shop.kit;

import java.util.List;

/** Tells the paths that customers use from those that operators use; only the former count for load, saturation and most faults. */
public final class BusinessPaths {

    /** Control of faults: reachable under every fault. */
    public static final String FAULTS = "/faults";

    private static final List<String> OPERATIONS =
            List.of("/health", "/prometheus", FAULTS, "/modes", "/openapi", "/swagger-ui", "/swagger");

    private BusinessPaths() {}

    public static boolean isBusiness(String path) {
        return OPERATIONS.stream().noneMatch(operation -> isUnder(operation, path));
    }

    public static boolean isFaultControl(String path) {
        return isUnder(FAULTS, path);
    }

    private static boolean isUnder(String prefix, String path) {
        return path.equals(prefix) || path.startsWith(prefix + "/");
    }
}
