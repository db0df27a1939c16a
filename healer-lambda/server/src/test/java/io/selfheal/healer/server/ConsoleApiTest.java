package io.selfheal.healer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.IncidentState;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.server.console.Feed;
import io.selfheal.healer.server.stage.Await;
import io.selfheal.healer.server.stage.BrittleStore;
import io.selfheal.healer.server.stage.Webhooks;
import io.selfheal.healer.testkit.SimulatedFleet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the console is made of and what it asks, without a browser. */
class ConsoleApiTest {
    private static final Path FILES = Path.of("src/main/resources/io/selfheal/healer/server/console");
    private static final Pattern ADDRESS = Pattern.compile("(?:from '\\./|\"/console/)([a-z.]+)");

    private static RunningHealer healer() {
        return RunningHealer.with(Map.of("test.paper", "true", "healer.probe.interval", "PT0.1S"));
    }

    private static RunningHealer asking(Path directory) throws IOException {
        String policy = Files.readString(Path.of("src/test/resources/policy.yaml"))
                .replace("mode: act", "mode: act\n    approval: [restart-task]");
        return RunningHealer.with(Map.of(
                "test.paper", "true",
                "healer.probe.enabled", "false",
                "healer.policy",
                        Files.writeString(directory.resolve("policy.yaml"), policy)
                                .toString(),
                "healer.operator-token", RunningHealer.OPERATOR,
                "healer.approval.key", "0123456789abcdef0123456789abcdef",
                "healer.approval.public-url", "https://healer.example/"));
    }

    private static String content(String file) throws IOException {
        return Files.readString(FILES.resolve(file));
    }

    @Test
    void whenOpeningTheConsole_thenEveryFileOfItIsServedUnderAStrictPolicy() throws IOException {
        try (RunningHealer healer = healer();
                Stream<Path> files = Files.list(FILES)) {
            HttpResponse<String> page = healer.get("/");
            assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
            Set<String> named = new TreeSet<>();
            for (Path file : files.toList()) {
                Matcher addresses = ADDRESS.matcher(Files.readString(file));
                while (addresses.find()) {
                    named.add(addresses.group(1));
                }
            }
            assertThat(named).contains("app.js", "console.css", "icon.svg", "words.js");
            List<HttpResponse<String>> all = new ArrayList<>(List.of(page));
            named.forEach(name -> all.add(healer.get("/console/" + name)));
            assertThat(all).allSatisfy(file -> {
                assertThat(file.statusCode()).as(file.uri().getPath()).isEqualTo(200);
                assertThat(file.headers().firstValue("Content-Security-Policy").orElse(""))
                        .contains(
                                "default-src 'none'",
                                "script-src 'self'",
                                "frame-ancestors 'none'",
                                "form-action 'none'")
                        .doesNotContain("unsafe", "*", "http", "data:");
                assertThat(file.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
                assertThat(file.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            });
            assertThat(page.body()).doesNotContain("<script>", "style=", "onclick", "http:", "https:");
            assertThat(healer.get("/console/app.js").headers().firstValue("Content-Type"))
                    .contains("text/javascript; charset=utf-8");
            assertThat(healer.get("/console/words.yaml").statusCode()).isEqualTo(404);
            assertThat(healer.get("/console/..%2f..%2fapplication.yml").statusCode())
                    .isEqualTo(404);
            String tag = page.headers().firstValue("ETag").orElseThrow();
            assertThat(healer.send(HttpRequest.newBuilder(healer.uri("/")).header("If-None-Match", tag))
                            .statusCode())
                    .isEqualTo(304);
        }
    }

    @Test
    void thenNoScriptMakesMarkupOfText() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".js")).toList()) {
                assertThat(Files.readString(file))
                        .as(file.toString())
                        .doesNotContain(
                                "innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "import(");
            }
        }
    }

    @Test
    void thenTheConsoleHasAWordForEveryReasonEventAndState() throws IOException {
        String words = content("words.js");

        assertThat(Arrays.stream(Reason.values()).map(Reason::name))
                .allSatisfy(name -> assertThat(words).contains("\n  " + name + ": "));
        assertThat(Arrays.stream(HistoryEntry.Event.values()).map(Enum::name))
                .allSatisfy(name -> assertThat(words).contains("\n  " + name + ": "));
        assertThat(Arrays.stream(IncidentState.Phase.values()).map(Enum::name))
                .allSatisfy(name -> assertThat(words).contains("\n  " + name + ": "));
    }

    @Test
    void givenAServiceAndAPause_whenAskingHowThingsAre_thenBothAreToldWithTheBudgets() {
        try (RunningHealer healer = healer()) {
            SimulatedFleet fleet = healer.bean(SimulatedFleet.class);
            TaskId victim = fleet.tasksOf(fleet.service("order", 3)).getFirst();
            healer.post("/signals/alertmanager", Webhooks.firing("order", victim.arn()));
            healer.awaitIncident("order", "RESOLVED");
            healer.post(
                    "/pause",
                    "{\"scope\":\"order\",\"reason\":\"a <b>change</b>\",\"ttl\":\"PT5M\",\"owner\":\"ann\"}");
            Await.until(
                    () -> healer.get("/now").body(),
                    () -> healer.json("/now").at("/services/0/tasks").size() == 3);

            JsonNode now = healer.json("/now");

            assertThat(now.at("/services/0/service").asText()).isEqualTo("order");
            assertThat(now.at("/services/0/tasks/0/health").asText()).isEqualTo("healthy");
            assertThat(now.at("/pauses/0/reason").asText()).isEqualTo("a <b>change</b>");
            assertThat(now.path("incidents")).isEmpty();
            assertThat(now.path("budgets"))
                    .extracting(budget -> budget.path("scope").asText() + " "
                            + budget.path("left").asInt() + " of "
                            + budget.path("limit").asInt())
                    .containsExactlyInAnyOrder("service 2 of 3", "global 4 of 5");
            assertThat(now.path("problems")).isEmpty();
        }
    }

    @Test
    void givenAStoreThatIsAway_whenAskingHowThingsAre_thenItSaysWhatIsNotKnown() {
        try (RunningHealer healer = RunningHealer.onPaper()) {
            healer.bean(BrittleStore.class).down(true);

            assertThat(healer.json("/now").path("problems").toString()).contains("budgets: the store is not available");
        }
    }

    @Test
    void whenSomethingHappens_thenWhoListensIsToldWithoutAsking_andAHealerThatStopsHangsUp() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        RunningHealer healer = healer();
        try (healer;
                BufferedReader events = listen(http, healer)) {
            assertThat(next(events).path("pauses")).isEmpty();

            healer.post("/pause", "{\"scope\":\"all\",\"reason\":\"a change\",\"ttl\":\"PT5M\",\"owner\":\"ann\"}");

            JsonNode told = next(events);
            while (told.path("pauses").isEmpty()) {
                told = next(events);
            }
            assertThat(told.at("/pauses/0/owner").asText()).isEqualTo("ann");
            healer.bean(Feed.class).close();
            Await.until("the stream ends", () -> ended(events));
        } finally {
            http.shutdownNow();
        }
    }

    @Test
    void givenAsManyConsolesAsThereMayBe_whenOneMoreOpens_thenItIsRefusedUntilOneHasGone() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        try (RunningHealer healer = healer()) {
            List<InputStream> open = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                open.add(http.send(events(healer), HttpResponse.BodyHandlers.ofInputStream())
                        .body());
            }

            HttpResponse<String> refused = http.send(events(healer), HttpResponse.BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("32 consoles");

            open.getFirst().close();
            Await.until("there is room again", () -> {
                try (InputStream body = http.send(events(healer), HttpResponse.BodyHandlers.ofInputStream())
                        .body()) {
                    return new String(body.readNBytes(6), StandardCharsets.UTF_8).startsWith("event:");
                } catch (IOException e) {
                    return false;
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
        } finally {
            http.shutdownNow();
        }
    }

    @Test
    void givenReadsThatAreNotOpen_thenThePageComesAndWhatItShowsTakesTheToken() {
        try (RunningHealer closed = RunningHealer.with(
                Map.of("test.paper", "true", "healer.probe.enabled", "false", "healer.open-reads", "false"))) {
            assertThat(List.of("/", "/console/app.js", "/console/console.css"))
                    .allSatisfy(
                            path -> assertThat(closed.get(path).statusCode()).isEqualTo(200));
            assertThat(List.of("/now", "/events", "/interventions", "/shadow", "/consoles"))
                    .allSatisfy(
                            path -> assertThat(closed.get(path).statusCode()).isEqualTo(401));
            assertThat(closed.send(closed.authorised("/now").GET()).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void whenPeopleTellTheHealerSomething_thenItIsWrittenDownWithWhoAndWhy() {
        try (RunningHealer healer = healer()) {
            healer.post("/pause", "{\"scope\":\"order\",\"reason\":\"a change\",\"ttl\":\"PT5M\",\"owner\":\"ann\"}");
            healer.post("/resume", "{\"scope\":\"order\",\"reason\":\"it is done\",\"owner\":\"bob\"}");
            healer.post("/resume", "{\"scope\":\"order\",\"reason\":\"again\",\"owner\":\"bob\"}");

            JsonNode told = healer.json("/interventions").path("interventions");

            assertThat(told)
                    .extracting(one ->
                            one.path("kind").asText() + " " + one.path("scope").asText() + " "
                                    + one.path("owner").asText() + ": "
                                    + one.path("reason").asText())
                    .containsExactly("resume selfheal/order bob: it is done", "pause selfheal/order ann: a change");
            String tooLong = "{\"scope\":\"all\",\"reason\":\"" + "x".repeat(501) + "\",\"ttl\":\"PT5M\"}";
            assertThat(healer.post("/pause", tooLong).statusCode()).isEqualTo(400);
            assertThat(healer.get("/interventions?limit=0").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void givenAQuestion_whenAPersonWithTheTokenApproves_thenExactlyThatIsDoneOnceAndWrittenDown(@TempDir Path directory)
            throws IOException {
        try (RunningHealer healer = asking(directory)) {
            SimulatedFleet fleet = healer.bean(SimulatedFleet.class);
            ServiceId order = fleet.service("order", 3);
            TaskId victim = fleet.tasksOf(order).getFirst();
            healer.post("/signals/alertmanager", Webhooks.firing("order", victim.arn()));
            Await.until(
                    () -> healer.get("/now").body(),
                    () -> healer.json("/now").at("/incidents/0/asked").isObject());
            JsonNode incident = healer.json("/now").at("/incidents/0");
            JsonNode asked = incident.path("asked");
            String path = "/incidents/" + incident.path("id").asText() + "/approval";

            assertThat(healer.post(path, wish(asked, "0".repeat(32), 1)).statusCode())
                    .isEqualTo(409);
            assertThat(healer.post(path, wish(asked, asked.path("question").asText(), 2))
                            .statusCode())
                    .isEqualTo(409);
            assertThat(healer.post(path, "{\"owner\":\"ann\"}").statusCode()).isEqualTo(400);
            assertThat(fleet.tasksOf(order)).contains(victim);
            String yes = wish(asked, asked.path("question").asText(), 1);
            assertThat(healer.send(HttpRequest.newBuilder(healer.uri(path))
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(yes)))
                            .statusCode())
                    .as("without the token")
                    .isEqualTo(401);
            assertThat(healer.send(healer.withToken(path, RunningHealer.TOKEN)
                                    .POST(HttpRequest.BodyPublishers.ofString(yes)))
                            .statusCode())
                    .as("with the token of monitoring")
                    .isEqualTo(403);
            assertThat(fleet.tasksOf(order)).contains(victim);
            assertThat(healer.post(path, yes).statusCode()).isEqualTo(200);
            JsonNode resolved = healer.awaitIncident("order", "RESOLVED");

            assertThat(fleet.tasksOf(order)).doesNotContain(victim);
            assertThat(resolved.path("timeline").toString()).contains("approved by ann: I looked");
            JsonNode told = healer.json("/interventions").at("/interventions/0");
            assertThat(told.path("kind").asText()).isEqualTo("approve");
            assertThat(told.path("owner").asText()).isEqualTo("ann");
            assertThat(told.path("detail").asText()).contains("restart-task as attempt 1");
        }
    }

    @Test
    void givenNoKeyForApprovals_whenAPersonApproves_thenItIsRefused() {
        try (RunningHealer healer = healer()) {
            HttpResponse<String> refused = healer.post("/incidents/01-a/approval", """
                    {"question":"00","attempt":1,"expiresAt":"2026-01-01T00:00:00Z","owner":"ann","reason":"why"}""");

            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body()).contains("HEALER_APPROVAL_KEY");
        }
    }

    @Test
    void givenManyIncidents_whenGoingOnPageByPage_thenEachIsThereOnce() {
        try (RunningHealer healer = RunningHealer.onPaper()) {
            SimulatedFleet fleet = healer.bean(SimulatedFleet.class);
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                String service = "paged-" + i;
                TaskId victim = fleet.tasksOf(fleet.service(service, 3)).getFirst();
                healer.post("/signals/alertmanager", Webhooks.firing(service, victim.arn()));
                expected.addFirst(
                        healer.awaitIncident(service, "RESOLVED").path("id").asText());
            }
            for (String filter : List.of("", "&state=RESOLVED")) {
                List<String> seen = new ArrayList<>();
                JsonNode page = healer.json("/incidents?limit=2" + filter);
                while (true) {
                    page.path("incidents")
                            .forEach(one -> seen.add(one.path("id").asText()));
                    if (page.path("next").isNull()) {
                        break;
                    }
                    page = healer.json("/incidents?limit=2" + filter + "&after="
                            + page.path("next").asText());
                }
                assertThat(seen).isEqualTo(expected);
            }
            assertThat(healer.get("/incidents?after=nothing").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void whenAskingWhatWouldHappen_thenItIsExplainedAndNothingIsKept() {
        try (RunningHealer healer = healer()) {
            HttpResponse<String> explained =
                    healer.post("/policies/explain", Webhooks.firing("order", "arn:aws:ecs:x:1:task/selfheal/abc"));

            assertThat(explained.statusCode()).as(explained.body()).isEqualTo(200);
            assertThat(RunningHealer.tree(explained).path("text").asText())
                    .contains("sick-task", "decision  ACT restart-task");
            assertThat(healer.json("/incidents").path("incidents")).isEmpty();
            assertThat(healer.post("/policies/explain", "{}").statusCode()).isEqualTo(422);
        }
    }

    @Test
    void givenAPolicyInShadow_thenWhatItWouldHaveDoneIsTold(@TempDir Path directory) throws IOException {
        String policy =
                Files.readString(Path.of("src/test/resources/policy.yaml")).replace("mode: act", "mode: shadow");
        Path file = Files.writeString(directory.resolve("policy.yaml"), policy);
        try (RunningHealer healer = RunningHealer.with(
                Map.of("test.paper", "true", "healer.probe.enabled", "false", "healer.policy", file.toString()))) {
            SimulatedFleet fleet = healer.bean(SimulatedFleet.class);
            TaskId victim = fleet.tasksOf(fleet.service("order", 3)).getFirst();
            healer.post("/signals/alertmanager", Webhooks.firing("order", victim.arn()));
            Await.until(
                    () -> healer.get("/shadow").body(),
                    () -> healer.json("/shadow").path("decisions").size() == 1);

            assertThat(healer.json("/shadow").at("/decisions/0/detail").asText())
                    .contains("restart-task");
        }
    }

    @Test
    void givenALinkThatIsNoAddress_whenStarting_thenItIsRefused() {
        assertThatCode(() -> RunningHealer.with(
                                Map.of("test.paper", "true", "healer.links.trace", "javascript:alert(1)"))
                        .close())
                .hasStackTraceContaining("HEALER_TRACE_LINK");
    }

    private static String wish(JsonNode asked, String question, int attempt) {
        return """
                {"question":"%s","attempt":%d,"expiresAt":"%s","owner":"ann","reason":"I looked"}""".formatted(question, attempt, asked.path("expiresAt").asText());
    }

    private static HttpRequest events(RunningHealer healer) {
        URI address = healer.uri("/events");
        return HttpRequest.newBuilder(address)
                .header("Accept", "text/event-stream")
                .build();
    }

    private static BufferedReader listen(HttpClient http, RunningHealer healer) throws Exception {
        HttpResponse<InputStream> stream = http.send(events(healer), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(stream.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        return new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
    }

    private static JsonNode next(BufferedReader events) throws IOException {
        String line = events.readLine();
        while (line != null && !line.startsWith("data:")) {
            line = events.readLine();
        }
        assertThat(line).as("the stream goes on").isNotNull();
        return new ObjectMapper().readTree(String.valueOf(line).substring("data:".length()));
    }

    private static boolean ended(BufferedReader events) {
        try {
            return events.readLine() == null;
        } catch (IOException hungUp) {
            return true;
        }
    }
}
