package io.selfheal.awsendpoint;

import static java.util.function.Predicate.not;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * A cluster at moto, with one service. Moto keeps what it is told and answers as ECS does, but starts no task by itself: the
 * scheduler is {@link #schedule}, which sees to the tasks that the service should have and does nothing else.
 */
final class MotoCluster implements AutoCloseable {
    static final String SERVICE = "order";
    private static final Pattern SUBNET = Pattern.compile("<subnetId>([^<]+)</subnetId>");

    private final String name = "selfheal-" + UUID.randomUUID();
    private final EcsClient ecs = EcsClient.builder()
            .endpointOverride(AtMoto.Condition.uri())
            .region(Region.of(AwsEndpoint.REGION))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    private final String subnet;
    private String deployed = "";

    MotoCluster(int desired) {
        // Or a task ends by being looked at.
        moto(
                "/moto-api/state-manager/set-transition",
                "",
                "{\"model_name\":\"ecs::task\",\"transition\":{\"progression\":\"manual\",\"times\":1000000}}");
        subnet = subnet();
        ecs.createCluster(request -> request.clusterName(name));
        register();
        ecs.createService(request -> request.cluster(name)
                .serviceName(SERVICE)
                .taskDefinition(SERVICE)
                .launchType(LaunchType.FARGATE)
                .desiredCount(desired));
        schedule();
    }

    String name() {
        return name;
    }

    /** Somebody deploys another revision; returns its name. */
    String release() {
        String revision = register();
        ecs.updateService(request -> request.cluster(name).service(SERVICE).taskDefinition(revision));
        return revision;
    }

    private String register() {
        ContainerDefinition app = ContainerDefinition.builder()
                .name("app")
                .image("none")
                .cpu(1)
                .memory(1)
                .portMappings(PortMapping.builder().containerPort(8080).build())
                .build();
        String arn = ecs.registerTaskDefinition(request ->
                        request.family(SERVICE).networkMode(NetworkMode.AWSVPC).containerDefinitions(app))
                .taskDefinition()
                .taskDefinitionArn();
        return lastSegment(arn);
    }

    /** One look of the scheduler: tasks of another revision or deployment go, and there are as many as are desired. */
    void schedule() {
        Service service = ecs.describeServices(request -> request.cluster(name).services(SERVICE))
                .services()
                .getFirst();
        String wanted = lastSegment(service.taskDefinition());
        String deployment = service.deployments().getFirst().id();
        boolean anew = !deployed.equals(deployment);
        deployed = deployment;
        List<Task> tasks = running();
        tasks.stream()
                .filter(task -> anew || !lastSegment(task.taskDefinitionArn()).equals(wanted))
                .forEach(this::stop);
        List<Task> left = running();
        left.stream().skip(service.desiredCount()).forEach(this::stop);
        for (int more = left.size(); more < service.desiredCount(); more++) {
            run(wanted);
        }
    }

    private List<Task> running() {
        List<String> arns = ecs.listTasks(request -> request.cluster(name)).taskArns();
        return arns.isEmpty()
                ? List.of()
                : ecs.describeTasks(request -> request.cluster(name).tasks(arns)).tasks().stream()
                        .filter(not(task -> "STOPPED".equals(task.desiredStatus())))
                        .toList();
    }

    private void stop(Task task) {
        ecs.stopTask(request -> request.cluster(name).task(task.taskArn()));
    }

    private void run(String revision) {
        ecs.runTask(request -> request.cluster(name)
                .taskDefinition(revision)
                .group("service:" + SERVICE)
                .launchType(LaunchType.FARGATE)
                .networkConfiguration(network ->
                        network.awsvpcConfiguration(vpc -> vpc.subnets(subnet).securityGroups(List.of("none")))));
    }

    private static String subnet() {
        String answer = moto("/", "ec2", "Action=DescribeSubnets&Version=2016-11-15");
        Matcher subnet = SUBNET.matcher(answer);
        if (!subnet.find()) {
            throw new AssertionError("moto has no subnet: " + answer);
        }
        return subnet.group(1);
    }

    /** As no client of the SDK is at hand for: what moto goes by is the service in the signature's scope. */
    private static String moto(String path, String service, String body) {
        URI uri = AtMoto.Condition.uri().resolve(path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body));
        if (!service.isEmpty()) {
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .header(
                            "Authorization",
                            "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/" + service + "/aws4_request");
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new AssertionError(uri + ": HTTP " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new AssertionError("moto at " + uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String lastSegment(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    @Override
    public void close() {
        ecs.close();
    }
}
