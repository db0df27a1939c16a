package io.selfheal.healer.aws;

import io.selfheal.healer.aws.http.AwsHttp;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.EcsClientBuilder;

/**
 * Two clients on one HTTP client: one retries whatever may pass, for calls whose repeat is harmless; the other repeats only
 * what was certainly not carried out, for a deployment that must not be started twice.
 */
final class EcsClients implements AutoCloseable {
    // Full jitter: a random wait between nothing and base * 2^n, at most the ceiling. The SDK's own ceiling of 20 s is
    // of no
    // use inside a call of 5 s.
    private static final BackoffStrategy AFTER_FAULT =
            BackoffStrategy.exponentialDelay(Duration.ofMillis(100), Duration.ofSeconds(1));
    private static final BackoffStrategy AFTER_THROTTLING =
            BackoffStrategy.exponentialDelay(Duration.ofMillis(400), Duration.ofSeconds(2));

    private final SdkHttpClient http;
    private final EcsClient repeating;
    /** Set up when it is asked for: a client takes a good part of a cold start, and most never deploy. */
    private @Nullable EcsClient careful;

    private final EcsPace pace;
    private final EcsSettings settings;
    /** One for all that we sign ourselves: it keeps what it fetched from a container's or machine's metadata. */
    private final DefaultCredentialsProvider credentials =
            DefaultCredentialsProvider.builder().build();

    static SdkHttpClient http(EcsSettings settings) {
        return AwsHttp.within(settings.attemptTimeout());
    }

    EcsClients(EcsSettings settings, SdkHttpClient http, EcsPace pace) {
        this.http = http;
        this.pace = pace;
        this.settings = settings;
        repeating = client(
                settings,
                AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(settings.maxAttempts())
                        .backoffStrategy(AFTER_FAULT)
                        .throttlingBackoffStrategy(AFTER_THROTTLING)
                        .build());
    }

    /** Set up when it is asked for: most healers never take a task out of a load balancer. */
    TargetGroups targetGroups() {
        return new TargetGroups(signed("AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2"));
    }

    /** Set up when it is asked for, too. */
    CloudWatchLogs cloudWatchLogs() {
        return new CloudWatchLogs(signed("AWS_ENDPOINT_URL_CLOUDWATCH_LOGS"));
    }

    private SignedCalls signed(String endpointVariable) {
        Region region = settings.region()
                .map(Region::of)
                .orElseGet(() -> DefaultAwsRegionProviderChain.builder().build().getRegion());
        return new SignedCalls(
                http,
                credentials,
                region,
                SignedCalls.endpoint(settings.endpoint(), endpointVariable, "AWS_ENDPOINT_URL"));
    }

    /** For reads, and for writes that name an end state. */
    EcsClient repeating() {
        return repeating;
    }

    /** For writes that do more when they arrive twice. */
    synchronized EcsClient careful() {
        EcsClient made = careful == null ? client(settings, onlyThrottled(settings)) : careful;
        careful = made;
        return made;
    }

    private static RetryStrategy onlyThrottled(EcsSettings settings) {
        return DefaultRetryStrategy.standardStrategyBuilder()
                .useClientDefaults(false)
                .retryOnException(EcsClients::throttled)
                .treatAsThrottling(EcsClients::throttled)
                .maxAttempts(settings.maxAttempts())
                .backoffStrategy(AFTER_FAULT)
                .throttlingBackoffStrategy(AFTER_THROTTLING)
                .build();
    }

    @Override
    public synchronized void close() {
        repeating.close();
        if (careful != null) {
            careful.close();
        }
        credentials.close();
        http.close();
    }

    static boolean throttled(Throwable failure) {
        return failure instanceof AwsServiceException answer && answer.isThrottlingException();
    }

    private EcsClient client(EcsSettings settings, RetryStrategy retries) {
        EcsClientBuilder builder = EcsClient.builder()
                .httpClient(http)
                .overrideConfiguration(config -> config.retryStrategy(retries)
                        .addExecutionInterceptor(pace)
                        .apiCallAttemptTimeout(settings.attemptTimeout())
                        .apiCallTimeout(settings.callTimeout()));
        settings.endpoint().ifPresent(builder::endpointOverride);
        settings.region().map(Region::of).ifPresent(builder::region);
        return builder.build();
    }
}
