package io.selfheal.embedded;

import static io.selfheal.embedded.Endpoint.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Task;

/** The endpoint as a program of its own: however it ends, its tasks end too. */
class CrashTest {
    private static final String READY = "embedded ECS ready on ";

    private final Path folder;
    private final List<Process> programs = new ArrayList<>();

    CrashTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void endPrograms() {
        programs.forEach(Process::destroyForcibly);
    }

    @Test
    void whenTheEndpointIsKilled_thenEvenAStoppedTaskEnds() throws Exception {
        Process program = start();
        List<ProcessHandle> tasks = runTasks(program);
        new ProcessBuilder("kill", "-STOP", Long.toString(tasks.getFirst().pid()))
                .start()
                .waitFor();

        program.destroyForcibly();

        Await.until("tasks gone", () -> tasks.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(uri(start())).as("a second start on the same folder").isNotNull();
    }

    @Test
    void whenTheEndpointIsTerminated_thenItStopsItsTasksAndEnds() throws Exception {
        Process program = start();
        List<ProcessHandle> tasks = runTasks(program);

        program.destroy();

        assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
        Await.until("tasks gone", () -> tasks.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void aSecondEndpointOnTheSameFolderIsRefusedWithThePidOfTheFirst() throws Exception {
        Process program = start();
        assertThat(uri(program)).isNotNull();

        assertThatIOException()
                .isThrownBy(() -> EmbeddedEcs.start(EmbeddedEcsOptions.in(folder)))
                .withMessageContaining("held by the endpoint with pid " + program.pid());
    }

    @Test
    void twoEndpointsInOneJvmDoNotShareAFolder() throws Exception {
        try (EmbeddedEcs first = EmbeddedEcs.start(EmbeddedEcsOptions.in(folder))) {
            assertThat(first.uri().getPort()).isPositive();
            assertThatIOException()
                    .isThrownBy(() -> EmbeddedEcs.start(EmbeddedEcsOptions.in(folder)))
                    .withMessageContaining(Long.toString(ProcessHandle.current().pid()));
        }
        EmbeddedEcs.start(EmbeddedEcsOptions.in(folder)).close();
    }

    @Test
    void badArgumentsAndTakenPortsAreAnsweredWithASentence() throws IOException {
        assertThat(run("--prt", "1")).startsWith("2 Unknown option --prt.");
        assertThat(run("--port", "x")).startsWith("2 --port must be a number: x");
        assertThat(run("--port", "99999")).startsWith("2 port 99999 must be between");
        assertThat(run("--port")).startsWith("2 Option --port needs a value.");
        assertThat(run("--settle", "1s")).startsWith("2 --settle must be an ISO-8601 duration");
        assertThat(run("--events-url", "ftp://x")).startsWith("2 --events-url must be http");
        assertThat(run("--events-token-env", "NO_SUCH_VARIABLE")).startsWith("2 --events-token-env");
        try (EmbeddedEcs other = EmbeddedEcs.start(EmbeddedEcsOptions.in(folder.resolve("other")))) {
            String port = Integer.toString(other.uri().getPort());
            assertThat(run("--port", port, "--state-dir", folder.resolve("mine").toString()))
                    .startsWith("1 Cannot listen on 127.0.0.1:" + port);
        }
    }

    private static String run(String... args) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        int status = Main.run(args, stream, stream);
        return status + " " + err.toString(StandardCharsets.UTF_8);
    }

    private Process start() throws IOException {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--port",
                        "0",
                        "--state-dir",
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        programs.add(program);
        return program;
    }

    /** Waits for the line that says it is ready. */
    private static URI uri(Process program) throws IOException {
        BufferedReader out = program.inputReader(StandardCharsets.UTF_8);
        String line = String.valueOf(out.readLine());
        assertThat(line).startsWith(READY);
        return URI.create(line.substring(READY.length()));
    }

    private List<ProcessHandle> runTasks(Process program) throws IOException {
        URI uri = uri(program);
        try (EcsClient ecs = EcsClient.builder()
                .endpointOverride(uri)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("x", "y")))
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
            ecs.createCluster(r -> r.clusterName(CLUSTER));
            ecs.registerTaskDefinition(r -> r.family("sleep")
                    .containerDefinitions(ContainerDefinition.builder()
                            .name("app")
                            .command("sleep", "300")
                            .build()));
            ecs.createService(r -> r.cluster(CLUSTER)
                    .serviceName("sleep")
                    .taskDefinition("sleep")
                    .desiredCount(2));
            return Await.until("two tasks run", () -> processes(ecs), list -> list.size() == 2);
        }
    }

    private static List<ProcessHandle> processes(EcsClient ecs) {
        List<String> arns = ecs.listTasks(r -> r.cluster(CLUSTER)).taskArns();
        if (arns.isEmpty()) {
            return List.of();
        }
        return ecs.describeTasks(r -> r.cluster(CLUSTER).tasks(arns)).tasks().stream()
                .filter(t -> t.lastStatus().equals("RUNNING"))
                .flatMap(CrashTest::process)
                .toList();
    }

    private static java.util.stream.Stream<ProcessHandle> process(Task task) {
        String id = task.containers().getFirst().runtimeId();
        return ProcessHandle.of(Long.parseLong(id.substring(id.indexOf('-') + 1))).stream();
    }
}
