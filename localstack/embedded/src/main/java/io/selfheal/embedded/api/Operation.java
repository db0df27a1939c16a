package io.selfheal.embedded.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.embedded.wire.Fields;

/** One API operation. The dispatcher says which are called with the engine's lock held. */
@FunctionalInterface
interface Operation {
    ObjectNode apply(Fields request);
}
