package io.selfheal.twin.order;

import java.io.IOException;
import org.springframework.web.client.RestClient.RequestHeadersSpec.ConvertibleClientHttpResponse;

/** What another service said: its status and, of a refusal, which problem it names. */
record Reply(int status, String problem) {

    private static final String PREFIX = "urn:selfheal:problem:";
    private static final int REFUSED = 400;

    static Reply of(ConvertibleClientHttpResponse response) throws IOException {
        int status = response.getStatusCode().value();
        if (status < REFUSED) {
            return new Reply(status, "");
        }
        Problem problem = response.bodyTo(Problem.class);
        String type = problem == null || problem.type() == null ? "" : problem.type();
        return new Reply(status, type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : "");
    }

    DependencyUnavailableException notUnderstood(String dependency) {
        return new DependencyUnavailableException(
                dependency, "it gave an answer of no known kind, " + status + " '" + problem + "'", null);
    }
}
