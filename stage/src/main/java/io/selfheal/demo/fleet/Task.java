package io.selfheal.demo.fleet;

import java.net.URI;
import java.time.Instant;

/** One running task of a service, where it answers, and since when it runs. */
public record Task(String arn, String service, URI address, Instant startedAt) {

    /** The first characters of the id: enough for a person. */
    public String shortId() {
        return shortId(arn);
    }

    /** The first characters of the id in an ARN. */
    public static String shortId(String arn) {
        String id = arn.substring(arn.lastIndexOf('/') + 1);
        return id.substring(0, Math.min(8, id.length()));
    }

    /** An address of this task. */
    public URI at(String path) {
        return address.resolve(path);
    }
}
