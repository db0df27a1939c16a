package io.selfheal.demo.twins;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.demo.process.Children;
import io.selfheal.demo.stage.StageFailed;
import io.selfheal.demo.twins.Comparison.Peer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The comparisons of the order service. */
public final class Twins implements AutoCloseable {

    private static final double SPRING_CPU = 0.5;
    private static final double FASTAPI_CPU = 0.1;
    private static final double SPRING_START = 0.35;
    private static final double TELEMETRY_TAX = 1.1;

    private final Plan plan;
    private final Path folder;
    private final Consumer<String> say;
    private final Processors processors = Processors.divide();
    private final Children children = new Children();
    private final Neighbours neighbours = Neighbours.start();
    private final ClosedLoop clients = new ClosedLoop();
    private final Subjects subjects;
    private final Preparation preparation;

    /**
     * How much is measured.
     *
     * @param rounds in each of which all are started anew; the ratios of a round are what counts
     * @param requests in a window
     * @param starts of each
     */
    public record Plan(Path root, int rounds, int requests, int starts) {}

    public Twins(Plan plan, Consumer<String> say) {
        this.plan = plan;
        this.say = say;
        this.folder = plan.root().resolve("benchmarks/target/twins");
        this.subjects = new Subjects(plan.root(), neighbours.url());
        this.preparation = new Preparation(plan.root(), folder, say);
    }

    /** How the processors are divided. */
    public String processors() {
        return processors.sentence();
    }

    /** The order service beside the same on Spring Boot and on FastAPI. */
    public Result services() {
        preparation.ours(subjects, processors, children, clients);
        preparation.spring(subjects, processors, children, clients);
        preparation.python(subjects);
        List<Subject> all = List.of(
                subjects.ours(Subjects.OURS), subjects.spring(), subjects.fastApi(), subjects.ours(Subjects.AGAIN));
        compare(all);
        Map<String, Measured> measured = measure(all);
        return result(new Comparison(
                "services",
                "order beside its twins: the same metrics and log lines, no traces, %d rounds of twice %d requests"
                        .formatted(plan.rounds(), plan.requests()),
                find(measured, Subjects.OURS),
                find(measured, Subjects.AGAIN),
                List.of(
                        new Peer(find(measured, Subjects.SPRING), Optional.of(SPRING_CPU), Optional.of(SPRING_START)),
                        new Peer(find(measured, Subjects.FASTAPI), Optional.of(FASTAPI_CPU), Optional.empty()))));
    }

    /** What its telemetry costs it, ours and that of OpenTelemetry's agent. */
    public Result telemetry() {
        preparation.ours(subjects, processors, children, clients);
        preparation.agent(subjects);
        List<Subject> all = List.of(
                subjects.telemetryOn(Subjects.ON),
                subjects.telemetryOff(Subjects.OFF),
                subjects.withoutTraces(),
                subjects.agent(),
                subjects.telemetryOn(Subjects.ON_AGAIN));
        Map<String, Measured> measured = measure(all);
        return result(new Comparison(
                "telemetry",
                "order with telemetry: all requests traced, %d rounds of twice %d requests"
                        .formatted(plan.rounds(), plan.requests()),
                find(measured, Subjects.ON),
                find(measured, Subjects.ON_AGAIN),
                List.of(
                        new Peer(find(measured, Subjects.OFF), Optional.of(TELEMETRY_TAX), Optional.empty()),
                        new Peer(find(measured, Subjects.WITHOUT_TRACES), Optional.empty(), Optional.empty()),
                        new Peer(find(measured, Subjects.AGENT), Optional.empty(), Optional.empty()))));
    }

    /** The healer's intake of alerts beside the least that stores them. */
    public Result healer() {
        return new Intake(subjects, preparation, processors, children, folder).measure();
    }

    @Override
    public void close() {
        clients.close();
        children.close();
        neighbours.close();
    }

    /** A finished comparison as a table of Markdown, and as a line of results. */
    public record Result(String id, String table, ObjectNode line) {}

    private static Result result(Comparison comparison) {
        return new Result(comparison.id(), ComparisonTable.of(comparison), ComparisonLine.of(comparison));
    }

    private Map<String, Measured> measure(List<Subject> all) {
        Map<String, Measured> measured =
                new Rounds(this::start, clients, plan.requests(), say).measure(all, plan.rounds());
        starts(all, measured);
        return measured;
    }

    private Running start(Subject subject) {
        return Running.start(subject, processors, children, folder);
    }

    /** What does not do the same is not compared. */
    private void compare(List<Subject> all) {
        say.accept("asking all the same: " + all.stream().map(Subject::name).collect(Collectors.joining(", ")));
        List<Running> running = all.stream().map(this::start).toList();
        URI ours = running.getFirst().url();
        clients.prime(ours);
        for (Running twin : running.subList(1, running.size())) {
            clients.prime(twin.url());
            List<String> differences = Parity.differences(ours, twin.url());
            if (!differences.isEmpty()) {
                throw new StageFailed(twin.subject().name() + " does not answer as ours does:\n  "
                        + String.join("\n  ", differences));
            }
        }
        running.forEach(Running::stop);
    }

    /** Each alone on its processors, in turns. */
    private void starts(List<Subject> all, Map<String, Measured> measured) {
        for (int turn = 1; turn <= plan.starts(); turn++) {
            List<Subject> order = turn % 2 == 1 ? all : all.reversed();
            for (Subject subject : order) {
                Running running = start(subject);
                find(measured, subject.name()).start(running.startSeconds(), running.startCpuSeconds());
                running.stop();
            }
            say.accept("start %d of %d".formatted(turn, plan.starts()));
        }
    }

    private static Measured find(Map<String, Measured> all, String name) {
        return Objects.requireNonNull(all.get(name), name);
    }
}
