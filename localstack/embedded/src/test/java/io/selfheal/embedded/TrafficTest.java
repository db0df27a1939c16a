package io.selfheal.embedded;

import static io.selfheal.embedded.Endpoint.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.ServiceConnectClientAlias;
import software.amazon.awssdk.services.ecs.model.ServiceConnectService;
import software.amazon.awssdk.services.ecs.model.Task;

/** What customers notice when a healthy task is taken out of the traffic: nothing. */
class TrafficTest {
    private static final int MANY = 400;
    private static final Pattern STATE = Pattern.compile("<Port>(\\d+)</Port></Target>.*?<State>(\\w+)</State>");

    private final Endpoint endpoint;
    private final HttpClient http = HttpClient.newHttpClient();
    private final int alias = FreePort.find();

    TrafficTest(@TempDir Path folder) throws IOException {
        endpoint = new Endpoint(folder, o -> o.withSettle(Duration.ofMillis(500)));
    }

    @AfterEach
    void close() {
        endpoint.close();
        http.close();
    }

    @Test
    void whenAHealthyTaskIsScaledIn_thenNoRequestFailsAlthoughConnectionsAreKeptAlive() {
        create(r -> {});
        try (Customers customers = new Customers(alias)) {
            Await.until(
                    "both answer",
                    () -> customers.next(MANY).stream().distinct().count() == 2);

            endpoint.client()
                    .updateService(r -> r.cluster(CLUSTER).service("web").desiredCount(1));
            endpoint.awaitStable("web");

            String left = port(endpoint.tasks("web").getFirst());
            customers.next(MANY);
            assertThat(customers.next(MANY)).containsOnly(left);
            assertThat(customers.failures()).isEmpty();
        }
    }

    @Test
    void whenATaskIsStopped_thenNoRequestFails() {
        create(r -> {});
        try (Customers customers = new Customers(alias)) {
            customers.next(MANY);
            String victim = endpoint.running("web").getFirst();

            endpoint.client().stopTask(r -> r.cluster(CLUSTER).task(victim));
            endpoint.awaitStopped(victim);

            customers.next(MANY);
            assertThat(customers.failures()).isEmpty();
        }
    }

    @Test
    void whenATargetIsDeregistered_thenItGetsNothingMoreAndRunsOnUntilItIsRegisteredAgain() throws Exception {
        String group = call("Action=CreateTargetGroup&Name=web&Protocol=HTTP&Port=8080&VpcId=vpc-1");
        String arn = group.replaceFirst("(?s).*<TargetGroupArn>(.*)</TargetGroupArn>.*", "$1");
        assertThat(arn).startsWith("arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/web/");
        create(r -> r.loadBalancers(LoadBalancer.builder()
                .targetGroupArn(arn)
                .containerName("app")
                .containerPort(8080)
                .build()));
        List<String> before = endpoint.running("web");
        String port = port(endpoint.tasks("web").getFirst());
        String about = "&TargetGroupArn=" + URLEncoder.encode(arn, StandardCharsets.UTF_8);
        String target = about + "&Targets.member.1.Id=127.0.0.1&Targets.member.1.Port=" + port;
        assertThat(states(about)).hasSize(2).allMatch(s -> s.endsWith(" healthy"));
        try (Customers customers = new Customers(alias)) {
            Await.until(
                    "both answer",
                    () -> customers.next(MANY).stream().distinct().count() == 2);

            call("Action=DeregisterTargets" + target);

            customers.next(MANY);
            assertThat(customers.next(MANY)).doesNotContain(port);
            Await.until("it has drained", () -> states(about), s -> s.size() == 1);
            assertThat(states(target)).containsExactly(port + " unused");
            assertThat(endpoint.running("web")).isEqualTo(before);

            call("Action=RegisterTargets" + target);

            assertThat(states(target)).containsExactly(port + " healthy");
            try (Customers others = new Customers(alias)) {
                assertThat(others.next(MANY)).contains(port);
                assertThat(others.failures()).isEmpty();
            }
            assertThat(customers.failures()).isEmpty();
        }
    }

    @Test
    void whatTargetGroupsDoNotKnowIsRefusedInXml() throws Exception {
        HttpResponse<String> unknown = post("Action=DescribeTargetHealth&TargetGroupArn=arn:none");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("<Type>Sender</Type><Code>TargetGroupNotFound</Code>");
        assertThat(post("Action=CreateTargetGroup&Name=-a-").body()).contains("<Code>ValidationError</Code>");
        assertThat(post("Action=CreateLoadBalancer&Name=a").body()).contains("<Code>InvalidAction</Code>");
        assertThat(post("Action=CreateTargetGroup&Name=%zz").body()).contains("<Code>MalformedQueryString</Code>");
        call("Action=CreateTargetGroup&Name=a&Port=80");
        assertThat(post("Action=CreateTargetGroup&Name=a&Port=81").body())
                .contains("<Code>DuplicateTargetGroupName</Code>");
    }

    private void create(Consumer<CreateServiceRequest.Builder> more) {
        String definition = endpoint.register("web", c -> c.entryPoint(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        Path.of("target", "test-classes").toAbsolutePath().toString())
                .command(KeepAliveTask.class.getName())
                .healthCheck(h -> h.command("CMD-SHELL", "curl -fs -m 2 127.0.0.1:$PORT")
                        .interval(1)
                        .startPeriod(60))
                .portMappings(
                        PortMapping.builder().name("http").containerPort(8080).build()));
        endpoint.create("web", definition, 2, r -> {
            r.serviceConnectConfiguration(s -> s.enabled(true)
                    .services(ServiceConnectService.builder()
                            .portName("http")
                            .clientAliases(ServiceConnectClientAlias.builder()
                                    .port(alias)
                                    .build())
                            .build()));
            more.accept(r);
        });
    }

    private static String port(Task task) {
        return Integer.toString(
                task.containers().getFirst().networkBindings().getFirst().hostPort());
    }

    private List<String> states(String about) {
        try {
            return STATE.matcher(call("Action=DescribeTargetHealth" + about))
                    .results()
                    .map(m -> m.group(1) + " " + m.group(2))
                    .toList();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String call(String form) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(form);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private HttpResponse<String> post(String form) throws IOException, InterruptedException {
        URI uri = endpoint.ecs().uri().resolve("/");
        return http.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                        .POST(BodyPublishers.ofString("Version=2015-12-01&" + form))
                        .build(),
                BodyHandlers.ofString());
    }
}
