package io.selfheal.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** The templates for tests of other packages. */
public final class Templates {
    private Templates() {}

    /** By stack: Network, Services, Healer, Observability, Chaos. */
    public static Map<String, JsonNode> of(String environment) {
        return Synthesised.all().stacks(environment);
    }
}
