package io.selfheal.healer.trace;

import io.selfheal.healer.evidence.Trace;
import java.util.Optional;

/** How AWS X-Ray writes the id of a W3C trace: what its console searches logs for. */
public final class XrayIds {
    private static final int FIRST = 8;

    private XrayIds() {}

    /** Empty: that is no id of a trace. */
    public static Optional<String> of(String traceId) {
        return Trace.isId(traceId)
                ? Optional.of("1-" + traceId.substring(0, FIRST) + "-" + traceId.substring(FIRST))
                : Optional.empty();
    }
}
