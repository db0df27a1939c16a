package io.selfheal.twin.order;

import java.util.List;

/** A problem document of RFC 9457. */
record Problem(String type, String title, int status, String detail, String instance, List<Violation> violations) {

    /** A field and what is wrong with it. */
    record Violation(String field, String message) {}
}
