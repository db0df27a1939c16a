package io.selfheal.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.selfheal.observability.dashboard.DashboardFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Writes down what a running Prometheus holds, for the tests of the dashboards: src/test/resources/recorded/README.md has the command. */
final class Recorder {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int STEP_SECONDS = 15;
    private static final Set<String> BUCKETS = Set.of("0.05", "0.1", "0.25", "0.5", "1.0", "2.5", "+Inf");
    /** They say the same of every series of a target, or change with every start of it. */
    private static final Set<String> LABELS_LEFT_OUT = Set.of("__name__", "instance", "task_definition");

    /** A target that is down, and a law without coherence, are something to see. */
    private static final Set<String> MAY_STAY_0 = Set.of("up", "usl:sigma", "usl:kappa");

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI prometheus;
    private final long start;
    private final long end;

    private Recorder(URI prometheus, long start, long end) {
        this.prometheus = prometheus;
        this.start = start;
        this.end = end;
    }

    /** Arguments: file to write, Prometheus' address, first and last moment in seconds of the epoch. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 4) {
            throw new IllegalArgumentException("expected: <file> <Prometheus' URL> <first> <last second of the epoch>");
        }
        Recorder recorder =
                new Recorder(URI.create(arguments[1]), Long.parseLong(arguments[2]), Long.parseLong(arguments[3]));
        Map<String, Set<String>> families = recorder.families();
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(Path.of(arguments[0])))) {
            out.write(openMetrics(families).getBytes(StandardCharsets.UTF_8));
        }
        System.out.println(families.values().stream().mapToInt(Set::size).sum() + " samples of " + families.size()
                + " names in " + arguments[0]);
    }

    /** Name to its lines, series by series and in the order of time, as OpenMetrics wants them. */
    private Map<String, Set<String>> families() throws IOException, InterruptedException {
        String asked = asked();
        Map<String, Set<String>> families = new TreeMap<>();
        for (JsonNode name : get("/api/v1/label/__name__/values")) {
            if (Pattern.compile("\\b" + name.asText() + "\\b").matcher(asked).find()) {
                Set<String> lines = new TreeSet<>();
                for (JsonNode series : get("/api/v1/query_range?start=" + start + "&end=" + end + "&step="
                        + STEP_SECONDS + "&query=" + URLEncoder.encode(name.asText(), StandardCharsets.UTF_8))) {
                    lines(name.asText(), series, lines);
                }
                if (!lines.isEmpty()) {
                    families.put(name.asText(), lines);
                }
            }
        }
        return families;
    }

    /** Every query of a panel, of a rule and of the capacity report: what nobody asks for need not be kept. */
    private static String asked() throws IOException {
        StringBuilder asked = new StringBuilder("up scrape_duration_seconds");
        DashboardFiles.files().values().forEach(asked::append);
        Path module = Path.of(System.getProperty("module.dir", "observability"));
        try (Stream<Path> rules = Files.walk(module.resolve("prometheus"));
                Stream<Path> report = Files.walk(module.resolve("src/main/java/io/selfheal/observability/capacity"))) {
            for (Path file : Stream.concat(rules, report)
                    .filter(Files::isRegularFile)
                    .filter(one -> !one.toString().contains(".test."))
                    .toList()) {
                asked.append('\n').append(Files.readString(file));
            }
        }
        return asked.toString();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        JsonNode answer = JSON.readTree(
                http.send(HttpRequest.newBuilder(prometheus.resolve(path)).build(), BodyHandlers.ofString())
                        .body());
        if (!answer.path("status").asText().equals("success")) {
            throw new IOException(prometheus + " refuses " + path + ": "
                    + answer.path("error").asText());
        }
        JsonNode content = answer.path("data");
        return content.isArray() ? content : content.path("result");
    }

    private static void lines(String name, JsonNode series, Set<String> lines) {
        JsonNode metric = series.path("metric");
        boolean tooFine = name.startsWith("http_server_requests")
                && metric.has("le")
                && !BUCKETS.contains(metric.path("le").asText());
        boolean nothing = series.path("values")
                .valueStream()
                .allMatch(one -> one.path(1).asText().equals("0"));
        if (tooFine || (nothing && !MAY_STAY_0.contains(name))) {
            return;
        }
        String labels = metric.properties().stream()
                .filter(one -> !LABELS_LEFT_OUT.contains(one.getKey()))
                .map(one -> one.getKey() + "=" + shown(one.getKey(), one.getValue()))
                .sorted()
                .collect(Collectors.joining(",", "{", "}"));
        series.path("values")
                .forEach(one -> lines.add(name + labels + " " + one.path(1).asText() + " "
                        + one.path(0).asText()));
    }

    /** A task by the last characters of its name, which make it short. */
    private static String shown(String label, JsonNode value) {
        String text = value.asText();
        try {
            return JSON.writeValueAsString(
                    label.equals("task_arn") ? "t" + text.substring(Math.max(0, text.length() - 4)) : text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String openMetrics(Map<String, Set<String>> families) {
        StringBuilder text = new StringBuilder();
        families.forEach((name, lines) -> {
            text.append("# TYPE ").append(name).append(" unknown\n");
            lines.forEach(line -> text.append(line).append('\n'));
        });
        return text.append("# EOF\n").toString();
    }
}
