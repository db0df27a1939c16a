package io.selfheal.demo.fleet;

import java.net.URI;

/** One running task of a service and where it answers. */
public record Task(String arn, String service, URI address) {

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
