package io.selfheal.awsendpoint;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The one endpoint of this run, found once: a container where Docker is, else what {@code AWS_ENDPOINT_URL} names. */
final class AwsEndpoint {
    static final String REGION = "us-east-1";

    private static final Search FOUND = search();

    private final URI uri;
    private final boolean localStack;

    private AwsEndpoint(URI uri) {
        this.uri = uri;
        this.localStack = answers(uri.resolve("/_localstack/health"));
    }

    /** What the search came to; {@code why} there is none, for a person. */
    record Search(Optional<AwsEndpoint> endpoint, String why) {}

    static Search find() {
        return FOUND;
    }

    /** Only where {@link #find} has one: {@link AtAwsEndpoint} sees to that. */
    static AwsEndpoint get() {
        return FOUND.endpoint().orElseThrow(() -> new IllegalStateException(FOUND.why()));
    }

    URI uri() {
        return uri;
    }

    /** Else it is something simpler, as moto. */
    boolean isLocalStack() {
        return localStack;
    }

    CloudWatchClient cloudWatch() {
        return at(CloudWatchClient.builder()).build();
    }

    SnsClient sns() {
        return at(SnsClient.builder()).build();
    }

    SqsClient sqs() {
        return at(SqsClient.builder()).build();
    }

    private <
                    B extends
                            AwsSyncClientBuilder<B, C>
                                    & software.amazon.awssdk.awscore.client.builder.AwsClientBuilder<B, C>,
                    C>
            B at(B builder) {
        return builder.endpointOverride(uri)
                .region(Region.of(REGION))
                .httpClientBuilder(UrlConnectionHttpClient.builder());
    }

    private static Search search() {
        // That there is no Docker is said in one line, not in forty.
        if (LoggerFactory.getLogger("org.testcontainers") instanceof Logger logger) {
            logger.setLevel(Level.OFF);
        }
        String noContainer = "there is no Docker";
        if (DockerClientFactory.instance().isDockerAvailable()) {
            try {
                return new Search(Optional.of(new AwsEndpoint(container())), "");
            } catch (ContainerFetchException e) {
                noContainer = "Docker has no image " + image() + " and cannot fetch it";
            }
        }
        String given = Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL")).orElse("");
        if (given.isEmpty()) {
            return new Search(Optional.empty(), noContainer + ", and AWS_ENDPOINT_URL is not set");
        }
        return new Search(Optional.of(new AwsEndpoint(URI.create(given))), "");
    }

    /** Testcontainers' own reaper ends it with this JVM. */
    @SuppressWarnings("resource")
    private static URI container() {
        LocalStackContainer container = new LocalStackContainer(DockerImageName.parse(image()))
                .withServices("cloudwatch", "sns", "sqs", "dynamodb");
        Optional.ofNullable(System.getenv("LOCALSTACK_AUTH_TOKEN"))
                .ifPresent(token -> container.withEnv("LOCALSTACK_AUTH_TOKEN", token));
        container.start();
        return container.getEndpoint();
    }

    private static String image() {
        return System.getProperty("localstack.image", "");
    }

    private static boolean answers(URI health) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "nothing answers at " + health + ": start it, or unset AWS_ENDPOINT_URL", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
