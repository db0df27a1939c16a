package io.selfheal.embedded;

import static io.selfheal.embedded.Endpoint.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ClusterContainsServicesException;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.ServiceNotActiveException;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;
import software.amazon.awssdk.services.ecs.model.TaskField;

/** Answers and refusals of the API, as the AWS SDK and raw HTTP see them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiTest {
    private static final String TARGET = "AmazonEC2ContainerServiceV20141113.";

    private final Endpoint endpoint;
    private final EcsClient ecs;
    private final HttpClient http = HttpClient.newHttpClient();

    ApiTest(@TempDir Path folder) throws IOException {
        endpoint = new Endpoint(folder, o -> o);
        ecs = endpoint.client();
    }

    @BeforeAll
    void service() {
        endpoint.register("web");
        ecs.createService(r -> r.cluster(CLUSTER)
                .serviceName("web")
                .taskDefinition("web")
                .desiredCount(0)
                .tags(tag("team", "a")));
    }

    @AfterAll
    void close() {
        endpoint.close();
        http.close();
    }

    @Test
    void whatIsMissingIsNamedAsOnAws() {
        refused(ClusterNotFoundException.class, "Cluster not found.", () -> ecs.listTasks(r -> r.cluster("nope")));
        refused(
                ServiceNotFoundException.class,
                "Service not found.",
                () -> ecs.updateService(r -> r.cluster(CLUSTER).service("nope")));
        refused(
                ServiceNotFoundException.class,
                "Service not found.",
                () -> ecs.listTasks(r -> r.cluster(CLUSTER).serviceName("nope")));
        refused(
                ClientException.class,
                "TaskDefinition not found.",
                () -> ecs.createService(r -> r.cluster(CLUSTER)
                        .serviceName("x")
                        .taskDefinition("nope")
                        .desiredCount(1)));
        refused(
                ClientException.class,
                "Unable to describe task definition.",
                () -> ecs.describeTaskDefinition(r -> r.taskDefinition("nope")));
        refused(
                InvalidParameterException.class,
                "The referenced task was not found.",
                () -> ecs.stopTask(r -> r.cluster(CLUSTER).task("0".repeat(32))));
    }

    @Test
    void whatMakesNoSenseIsRefusedAsOnAws() {
        refused(
                InvalidParameterException.class,
                "Tasks cannot be empty.",
                () -> ecs.describeTasks(r -> r.cluster(CLUSTER).tasks(List.of())));
        refused(
                InvalidParameterException.class,
                "taskId length should be one of [32,36]",
                () -> ecs.describeTasks(r -> r.cluster(CLUSTER).tasks("nope")));
        refused(
                InvalidParameterException.class,
                "not idempotent",
                () -> ecs.createService(r -> r.cluster(CLUSTER)
                        .serviceName("web")
                        .taskDefinition("web")
                        .desiredCount(1)));
        refused(
                InvalidParameterException.class,
                "desiredCount",
                () -> ecs.createService(r -> r.cluster(CLUSTER)
                        .serviceName("y")
                        .taskDefinition("web")
                        .desiredCount(-1)));
        refused(
                InvalidParameterException.class,
                "cannot be 100",
                () -> ecs.updateService(
                        r -> r.cluster(CLUSTER).service("web").deploymentConfiguration(d -> d.minimumHealthyPercent(100)
                                .maximumPercent(100))));
        refused(ClientException.class, "entryPoint", () -> endpoint.register("image-only", c -> {}));
        refused(
                ClusterContainsServicesException.class,
                "Services are active",
                () -> ecs.deleteCluster(r -> r.cluster(CLUSTER)));
    }

    @Test
    void missingThingsAreFailuresNotErrors() {
        String task = "arn:aws:ecs:us-east-1:000000000000:task/selfheal/" + "0".repeat(32);

        List<Failure> tasks =
                ecs.describeTasks(r -> r.cluster(CLUSTER).tasks(task)).failures();
        List<Failure> services =
                ecs.describeServices(r -> r.cluster(CLUSTER).services("nope")).failures();
        List<Failure> clusters = ecs.describeClusters(r -> r.clusters("nope")).failures();

        assertThat(tasks).containsExactly(missing(task));
        assertThat(services).containsExactly(missing("arn:aws:ecs:us-east-1:000000000000:service/selfheal/nope"));
        assertThat(clusters).containsExactly(missing("arn:aws:ecs:us-east-1:000000000000:cluster/nope"));
    }

    @Test
    void aDeletedServiceIsNotActive() {
        ecs.createService(r ->
                r.cluster(CLUSTER).serviceName("gone").taskDefinition("web").desiredCount(0));
        ecs.deleteService(r -> r.cluster(CLUSTER).service("gone"));

        refused(
                ServiceNotActiveException.class,
                "Service was not ACTIVE.",
                () -> ecs.updateService(r -> r.cluster(CLUSTER).service("gone").desiredCount(1)));
    }

    @Test
    void aServiceThatWantsTasksIsDeletedByForceOnly() {
        ecs.createService(r ->
                r.cluster(CLUSTER).serviceName("busy").taskDefinition("web").desiredCount(1));

        refused(
                InvalidParameterException.class,
                "scaled above 0",
                () -> ecs.deleteService(r -> r.cluster(CLUSTER).service("busy")));
        assertThat(ecs.deleteService(r -> r.cluster(CLUSTER).service("busy").force(true))
                        .service()
                        .status())
                .isIn("DRAINING", "INACTIVE");
    }

    @Test
    void theSameClientTokenGivesTheSameService() {
        var first = ecs.createService(r -> r.cluster(CLUSTER)
                .serviceName("once")
                .taskDefinition("web")
                .desiredCount(0)
                .clientToken("t1"));
        var second = ecs.createService(r -> r.cluster(CLUSTER)
                .serviceName("once")
                .taskDefinition("web")
                .desiredCount(0)
                .clientToken("t1"));

        assertThat(second.service().createdAt()).isEqualTo(first.service().createdAt());
    }

    @Test
    void taskDefinitionsAreCountedListedAndDeregistered() {
        for (int i = 0; i < 5; i++) {
            endpoint.register("many");
        }
        ecs.deregisterTaskDefinition(r -> r.taskDefinition("many:5"));

        assertThat(ecs.describeTaskDefinition(r -> r.taskDefinition("many"))
                        .taskDefinition()
                        .revision())
                .isEqualTo(4);
        assertThat(
                        ecs
                                .listTaskDefinitionsPaginator(r ->
                                        r.familyPrefix("many").maxResults(2).sort(SortOrder.DESC))
                                .stream()
                                .map(ListTaskDefinitionsResponse::taskDefinitionArns)
                                .map(List::size))
                .containsExactly(2, 2);
        assertThat(ecs.listTaskDefinitions(r -> r.familyPrefix("many").status(TaskDefinitionStatus.INACTIVE))
                        .taskDefinitionArns())
                .singleElement()
                .asString()
                .endsWith("many:5");
        refused(
                ClientException.class,
                "TaskDefinition is inactive",
                () -> ecs.createService(r -> r.cluster(CLUSTER)
                        .serviceName("z")
                        .taskDefinition("many:5")
                        .desiredCount(0)));
    }

    @Test
    void tagsAreKept() {
        String arn = endpoint.service("web").serviceArn();

        ecs.tagResource(r -> r.resourceArn(arn).tags(tag("owner", "b")));
        ecs.untagResource(r -> r.resourceArn(arn).tagKeys("team"));

        assertThat(ecs.listTagsForResource(r -> r.resourceArn(arn)).tags()).containsExactly(tag("owner", "b"));
        var task = ecs.runTask(r -> r.cluster(CLUSTER).taskDefinition("web").tags(tag("job", "1")))
                .tasks()
                .getFirst();
        assertThat(ecs.describeTasks(
                                r -> r.cluster(CLUSTER).tasks(task.taskArn()).include(TaskField.TAGS))
                        .tasks()
                        .getFirst()
                        .tags())
                .containsExactly(tag("job", "1"));
        assertThat(endpoint.task(task.taskArn()).tags()).isEmpty();
        refused(
                InvalidParameterException.class,
                "not found",
                () -> ecs.listTagsForResource(r -> r.resourceArn(arn + "-nope")));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
        ListTasks       | {                               | 400 | SerializationException
        ListTasks       | []                              | 400 | SerializationException
        ListTasks       | {} {}                           | 400 | SerializationException
        ListTasks       | {"cluster":5}                   | 400 | SerializationException
        ListTasks       | {"cluster":"a","cluster":"b"}   | 400 | SerializationException
        CreateService   | {"cluster":"selfheal","serviceName":"q","taskDefinition":"web","desiredCount":"two"} | 400 | SerializationException
        CreateService   | {"cluster":"selfheal","serviceName":"q","taskDefinition":"web","desiredCount":1.5}   | 400 | SerializationException
        CreateService   | {"cluster":"selfheal","serviceName":"q","taskDefinition":"web","desiredCount":99999999999999} | 400 | SerializationException
        CreateService   | {"cluster":"selfheal","serviceName":"../q","taskDefinition":"web","desiredCount":1}  | 400 | InvalidParameterException
        RegisterTaskDefinition | {"family":"a/b","containerDefinitions":[]} | 400 | ClientException
        RegisterTaskDefinition | {"family":"a","containerDefinitions":[]}   | 400 | ClientException
        RegisterTaskDefinition | {"family":"a","containerDefinitions":[{"name":"../../x","command":["true"]}]} | 400 | ClientException
        ExecuteCommand  | {}                              | 400 | UnknownOperationException
        """)
    void badRequestsAreRefused(String operation, String body, int status, String error) throws Exception {
        HttpResponse<String> answer = post(TARGET + operation, BodyPublishers.ofString(body));

        assertThat(answer.body()).contains("\"__type\":\"" + error + "\"");
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    void hostileBodiesAreRefusedAndTheEndpointLives() throws Exception {
        String deep = "{\"cluster\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        byte[] notUtf8 = {'{', '"', 'c', '"', ':', '"', (byte) 0xff, (byte) 0xfe, '"', '}'};

        assertThat(post(TARGET + "ListTasks", BodyPublishers.ofString(deep)).statusCode())
                .isEqualTo(400);
        assertThat(post(TARGET + "ListTasks", BodyPublishers.ofByteArray(notUtf8))
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(TARGET + "ListTasks", BodyPublishers.ofByteArray(new byte[5 << 20]))
                        .statusCode())
                .isEqualTo(413);
        assertThat(post("Other.ListTasks", BodyPublishers.noBody()).statusCode())
                .isEqualTo(400);
        assertThat(get("/_embedded/health").body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nope", "/_embedded/faults", "/v4/x/y", "/v4"})
    void whatIsNotThereIsNotFound(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    /** Whoever can call RunTask can run programs: a web page must not. */
    @Test
    void webPagesAreKeptOut() throws Exception {
        HttpRequest request = request(TARGET + "ListClusters", BodyPublishers.ofString("{}"))
                .header("Origin", "https://evil.example")
                .build();

        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> post(String target, BodyPublisher body) throws Exception {
        return http.send(request(target, body).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String target, BodyPublisher body) {
        return HttpRequest.newBuilder(endpoint.ecs().uri().resolve("/"))
                .header("X-Amz-Target", target)
                .POST(body);
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = endpoint.ecs().uri().resolve(path);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static void refused(Class<? extends EcsException> type, String message, ThrowingCallable call) {
        assertThatExceptionOfType(type).isThrownBy(call).withMessageContaining(message);
    }

    private static Failure missing(String arn) {
        return Failure.builder().arn(arn).reason("MISSING").build();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
