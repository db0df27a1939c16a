package io.selfheal.healer.aws.http;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where a service of AWS will be asked, as far as the environment alone tells. */
final class Ahead {
    private Ahead() {}

    /** Whether nobody gave another endpoint than AWS's own, or it is HTTPS, too. */
    static boolean isAws(Map<String, String> environment, String service) {
        String endpoint = environment.getOrDefault(
                "AWS_ENDPOINT_URL_" + service, environment.getOrDefault("AWS_ENDPOINT_URL", "https:"));
        return endpoint.startsWith("https:");
    }

    /** Empty: another endpoint is given, or there is no region. A wrong guess costs a connection that nobody uses. */
    static Optional<URI> address(Map<String, String> environment, String service) {
        boolean given = environment.containsKey("AWS_ENDPOINT_URL")
                || environment.containsKey("AWS_ENDPOINT_URL_" + service.toUpperCase(Locale.ROOT));
        return Optional.ofNullable(environment.get("AWS_REGION"))
                .filter(region -> !given && region.matches("[a-z0-9-]+"))
                .map(region -> URI.create("https://" + service + "." + region + domain(region)));
    }

    private static String domain(String region) {
        return region.startsWith("cn-") ? ".amazonaws.com.cn/ping" : ".amazonaws.com/ping";
    }
}
