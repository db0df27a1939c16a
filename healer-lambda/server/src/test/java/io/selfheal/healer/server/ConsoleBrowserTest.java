package io.selfheal.healer.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.selfheal.healer.server.browser.Chromium;
import io.selfheal.healer.server.browser.Tab;
import io.selfheal.healer.server.stage.Await;
import io.selfheal.healer.server.stage.TestFleet;
import io.selfheal.healer.server.stage.Webhooks;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The console as people have it: a real browser, a real healer, tasks that are real processes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleBrowserTest {
    private static final Path PICTURES = Path.of("target/console");
    private static final List<String> SERVICES = List.of("order", "product", "user", "basket");
    private static final String MARKUP = "Task<img src=x onerror=document.title='broken'>";

    private final Path folder;
    private Chromium browser;
    private TestFleet fleet;

    @SuppressWarnings("NullAway.Init") // Both are there once start() let the tests run.
    ConsoleBrowserTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeAll
    void start() throws IOException {
        Optional<Path> program = Chromium.installed();
        if (program.isEmpty()) {
            System.err.println(
                    "ConsoleBrowserTest is skipped: no chromium on the PATH (Debian: apt-get install chromium)");
        }
        Assumptions.assumeTrue(program.isPresent(), "no chromium on the PATH");
        System.setProperty("aws.region", "us-east-1");
        System.setProperty("aws.accessKeyId", "none");
        System.setProperty("aws.secretAccessKey", "none");
        fleet = new TestFleet(folder.resolve("fleet"));
        System.setProperty("aws.endpointUrlEcs", fleet.endpoint().toString());
        SERVICES.forEach(service -> fleet.run(service, 2));
        browser = Chromium.start(program.orElseThrow(), folder);
    }

    @AfterAll
    void stop() {
        if (Objects.nonNull(browser)) {
            browser.close();
        }
        if (Objects.nonNull(fleet)) {
            fleet.close();
        }
        List.of("aws.region", "aws.accessKeyId", "aws.secretAccessKey", "aws.endpointUrlEcs")
                .forEach(System::clearProperty);
    }

    private static RunningHealer healer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "healer.policy",
                "src/test/resources/console-policy.yaml",
                "healer.probe.interval",
                "PT0.2S",
                "test.evidence",
                "true",
                "healer.links.trace",
                "https://jaeger.example/trace/{trace}",
                "healer.links.logs",
                "https://grafana.example/explore?service={service}&from={from}&to={to}",
                "healer.operator-token",
                RunningHealer.OPERATOR,
                "healer.approval.key",
                "0123456789abcdef0123456789abcdef",
                "healer.approval.public-url",
                "https://healer.example/"));
        settings.putAll(more);
        return RunningHealer.with(settings);
    }

    private Tab tab(RunningHealer healer, String view) {
        Tab tab = browser.open();
        tab.size(1440, 900, false);
        tab.prefer("light");
        tab.visit(healer.uri("/#/" + view));
        return tab;
    }

    private static void assertQuiet(RunningHealer healer, Tab tab) {
        String own = healer.uri("/").toString();
        // What begins with data: is the browser's own icon in a field, and no request at all.
        assertThat(tab.requests()).as("no request leaves the host").allSatisfy(address -> assertThat(address)
                .matches(one -> one.startsWith(own) || one.startsWith("data:image/svg+xml;base64,PHN2ZyB4bWxu")));
        assertThat(tab.complaints()).isEmpty();
    }

    private static void assertNoMarkup(Tab tab) {
        assertThat(tab.text("main")).contains(MARKUP);
        assertThat(tab.eval("document.querySelectorAll('main img, main script, main [onerror]').length")
                        .asInt())
                .isZero();
        assertThat(tab.eval("document.title").asText()).doesNotContain("broken");
    }

    @Test
    void whenATaskFallsSick_thenThePageGoesThroughItByItselfToTheEnd() throws IOException {
        try (RunningHealer healer = healer(Map.of());
                Tab tab = tab(healer, "now")) {
            tab.awaitText("h1", "All is well");
            tab.eval("window.same = true");
            String victim = fleet.running("order").getFirst();

            fleet.makeSick(victim);

            tab.awaitText("[data-service='selfheal/order'] .task", "unready");
            tab.awaitText("h1", "order is being healed");
            assertThat(tab.text(".cards .card")).contains("order", "restart-task");
            tab.picture(PICTURES.resolve("now-healing.png"));
            tab.awaitText("h1", "All is well");
            assertThat(tab.eval("window.same").asBoolean()).as("never reloaded").isTrue();
            assertThat(fleet.running("order")).doesNotContain(victim);

            tab.click("#views a[href='#/incidents']");
            tab.awaitText(".list tbody tr", "resolved");
            tab.click(".list tbody a");
            tab.awaitText(".step", "Verification: well, resolved");
            assertThat(tab.eval("[...document.querySelectorAll('.step h3')].map((one) => one.innerText)"))
                    .extracting(JsonNode::asText)
                    .containsSubsequence(
                            "Signal",
                            "Evidence",
                            "Decision: act",
                            "Action: the fleet took it",
                            "Verification: well, resolved");
            assertThat(tab.text(".timeline"))
                    .contains("SICK_TASK", "48 % of them with errors", "<b>pool</b> exhausted");
            assertThat(tab.eval("[...document.querySelectorAll('main a')].map((one) => one.href)"))
                    .extracting(JsonNode::asText)
                    .contains("https://jaeger.example/trace/4bf92f3577b34da6a3ce929d0e0e4736")
                    .anySatisfy(link ->
                            assertThat(link).startsWith("https://grafana.example/explore?service=order&from=1"));
            tab.click("section[data-key=draft] button");
            tab.awaitText("pre.text", "# ");
            assertQuiet(healer, tab);
        }
    }

    @Test
    void givenMarkupInAnAlertsName_thenEveryViewShowsItAsText() {
        try (RunningHealer healer = healer(Map.of());
                Tab tab = tab(healer, "now")) {
            tab.awaitText("h1", "All is well");
            String webhook = Webhooks.firing("basket", fleet.running("basket").getFirst())
                    .replace("TaskUnready", MARKUP);
            assertThat(healer.post("/signals/alertmanager", webhook).statusCode())
                    .isEqualTo(202);

            tab.awaitText("main", MARKUP);
            assertNoMarkup(tab);
            tab.visit(healer.uri("/#/incidents"));
            tab.awaitText(".list", MARKUP);
            assertNoMarkup(tab);
            tab.click(".list tbody a");
            tab.awaitText(".timeline", MARKUP);
            assertNoMarkup(tab);
            tab.visit(healer.uri("/#/why?service=basket"));
            tab.awaitText("ol.cards", MARKUP);
            assertNoMarkup(tab);
            assertQuiet(healer, tab);
        }
    }

    @Test
    void whenAPersonPauses_thenTheTokenIsAskedForOnceAndWhoAndWhyAreShown() {
        try (RunningHealer healer = healer(Map.of());
                Tab tab = tab(healer, "controls")) {
            tab.awaitText("h1", "Controls");
            tab.await("the form", "document.querySelector('#pause-reason') !== null");
            tab.type("#pause-owner", "ann <ann@example.org>");
            tab.type("#pause-reason", "moving the <b>database</b>");
            // Something is told meanwhile, and what was typed is still there.
            healer.post("/pause", "{\"scope\":\"user\",\"reason\":\"other\",\"ttl\":\"PT5M\",\"owner\":\"bob\"}");
            tab.awaitText(".cards", "bob");
            assertThat(tab.eval("document.querySelector('#pause-reason').value").asText())
                    .isEqualTo("moving the <b>database</b>");
            assertThat(tab.eval("document.activeElement.id").asText()).isEqualTo("pause-reason");

            tab.press("Enter");
            tab.await("the token is asked for", "document.querySelector('#token')?.open === true");
            assertThat(healer.json("/pauses").path("pauses"))
                    .as("nothing was sent")
                    .hasSize(1);
            tab.type("#token-value", "wrong-but-long-enough");
            tab.press("Enter");
            tab.awaitText("#token-problem", "does not know this token");
            tab.type("#token-value", RunningHealer.TOKEN);
            tab.press("Enter");
            tab.awaitText("#token-problem", "takes the operator’s token");
            tab.type("#token-value", RunningHealer.OPERATOR);
            tab.press("Enter");

            tab.awaitText("form[data-key=pause] .ok", "Everything is paused until");
            tab.awaitText("section[data-key=written]", "moving the <b>database</b>");
            tab.visit(healer.uri("/#/now"));
            tab.awaitText("h1", "Paused everywhere");
            tab.awaitText(".headline", "ann <ann@example.org>");
            assertThat(tab.requests()).noneMatch(address -> address.contains(RunningHealer.OPERATOR));
            assertThat(tab.eval("JSON.stringify(localStorage) + document.cookie + location.href")
                            .asText())
                    .doesNotContain(RunningHealer.OPERATOR);

            tab.visit(healer.uri("/#/controls"));
            tab.await("it can be resumed", "document.querySelector('#resume-all-reason') !== null");
            tab.click("li[data-key=all] summary");
            tab.type("#resume-all-reason", "moved");
            tab.press("Enter");
            tab.awaitText("section[data-key=written]", "moved");
            tab.await("it is over", "document.querySelector('li[data-key=all]') === null");
            // Refused tokens are errors to the browser, and to nobody else.
            assertThat(tab.complaints()).hasSize(2);
            assertThat(tab.complaints().getFirst()).contains("401");
            assertThat(tab.complaints().getLast()).contains("403");
        }
    }

    @Test
    void givenReadsThatAreNotOpen_thenThePageAsksForTheTokenAndThenShowsAll() {
        try (RunningHealer healer = healer(Map.of("healer.open-reads", "false"));
                Tab tab = tab(healer, "now")) {
            tab.await("the token is asked for", "document.querySelector('#token')?.open === true");
            assertThat(tab.text("main")).doesNotContain("order");
            tab.type("#token-value", RunningHealer.TOKEN);
            tab.press("Enter");

            tab.awaitText("h1", "All is well");
            tab.visit(healer.uri("/#/policies"));
            tab.awaitText(".policies", "ask-first");
            assertThat(tab.requests()).noneMatch(address -> address.contains(RunningHealer.TOKEN));
        }
    }

    @Test
    void whenTheHealerGoesAway_thenThePageSaysThatItMayBeWrong() {
        RunningHealer healer = healer(Map.of());
        try (Tab tab = tab(healer, "now")) {
            tab.awaitText("h1", "All is well");
            tab.awaitText("#live", "live");

            healer.close();

            tab.awaitText("#live", "cut off");
            tab.awaitText("#trouble", "may be wrong by now");
            tab.awaitText("h1", "Not known any more");
            tab.awaitText(".headline", "it was: All is well");
            tab.picture(PICTURES.resolve("stale.png"));
            tab.visit(URI.create(tab.eval("location.href").asText().replace("now", "incidents")));
            tab.awaitText(".problem", "The healer does not answer.");
        }
    }

    @Test
    void givenAKeyboardAlone_thenTheContentTheViewsAndTheirLinksAreReached() {
        try (RunningHealer healer = healer(Map.of());
                Tab tab = tab(healer, "now")) {
            tab.awaitText("h1", "All is well");
            tab.press("Tab");
            assertThat(tab.eval("document.activeElement.id").asText()).isEqualTo("skip");
            tab.press("Enter");
            assertThat(tab.eval("document.activeElement.id").asText()).isEqualTo("main");

            tab.eval("document.activeElement.blur(); document.querySelector('#skip').focus()");
            Map<String, String> reached = new LinkedHashMap<>();
            for (int i = 0; i < 12; i++) {
                tab.press("Tab");
                reached.put(
                        tab.eval("document.activeElement.innerText || document.activeElement.id")
                                .asText(),
                        tab.eval("getComputedStyle(document.activeElement).outlineStyle")
                                .asText());
            }
            assertThat(reached).containsKeys("Now", "Incidents", "Why", "Policies", "Controls");
            assertThat(reached.get("Why")).as("the focus is seen").isNotEqualTo("none");

            tab.eval("document.querySelector(\"#views a[href='#/why']\").focus()");
            tab.press("Enter");
            tab.awaitText("h1", "Why");
            assertThat(tab.eval("document.activeElement.id").asText()).isEqualTo("main");
            assertThat(tab.eval("document.querySelector('#views [aria-current=page]').innerText")
                            .asText())
                    .isEqualTo("Why");
        }
    }

    @Test
    void thenNoViewKeepsAnybodyOut_inEitherColoursAndOnAPhone() throws IOException {
        String axe = axe();
        try (RunningHealer healer = healer(Map.of());
                Tab tab = browser.open()) {
            tab.letTestsIn();
            tab.size(1440, 900, false);
            Map<String, String> views = eventfulViews(healer, tab);
            for (String scheme : List.of("light", "dark")) {
                tab.prefer(scheme);
                for (Map.Entry<String, String> view : views.entrySet()) {
                    for (int width : List.of(1440, 360)) {
                        tab.size(width, 800, width < 720);
                        tab.visit(healer.uri("/#/" + view.getValue()));
                        tab.await(
                                "the view is there",
                                "document.querySelectorAll('main h1, main h2').length > 0"
                                        + " && !document.querySelector('main').innerText.includes('Loading')");
                        assertThat(tab.eval("document.documentElement.scrollWidth")
                                        .asInt())
                                .as(view + " fits " + width)
                                .isLessThanOrEqualTo(width);
                        assertThat(violations(tab, axe))
                                .as(view + " " + scheme + " " + width)
                                .isEmpty();
                        tab.picture(PICTURES.resolve(view.getKey() + "-" + scheme + "-" + width + ".png"));
                    }
                }
            }
        }
    }

    /** One incident over, one that waits for a yes, one in shadow, and a pause: something to see in every view. */
    private Map<String, String> eventfulViews(RunningHealer healer, Tab tab) throws IOException {
        tab.visit(healer.uri("/"));
        tab.awaitText("h1", "All is well");
        fleet.makeSick(fleet.running("user").getFirst());
        String id = healer.awaitIncident("user", "RESOLVED").path("id").asText();
        for (String service : List.of("product", "basket")) {
            healer.post(
                    "/signals/alertmanager",
                    Webhooks.firing(service, fleet.running(service).getFirst()));
        }
        healer.post("/pause", """
                {"scope":"basket","reason":"moving its database","ttl":"PT1H","owner":"ann"}""");
        Await.until(
                () -> healer.get("/now").body(),
                () -> healer.json("/now").path("incidents").toString().contains("restart-task"));
        Map<String, String> views = new LinkedHashMap<>();
        views.put("now", "now");
        views.put("incidents", "incidents");
        views.put("incident", "incident/" + id);
        views.put("why", "why?service=user&since=PT1H");
        views.put("policies", "policies");
        views.put("controls", "controls");
        return views;
    }

    private static JsonNode violations(Tab tab, String axe) {
        tab.eval("window.axe ? 0 : void (" + "(() => {" + axe + "})())");
        return tab.eval("""
                axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
                  .then((found) => found.violations.map((one) => one.id + ': ' + one.help + ' ' + one.nodes.slice(0, 3).map((node) => node.html + ' ' + node.any.map((check) => check.message).join('; ')).join(' | ')))
                """);
    }

    private static String axe() throws IOException {
        try (InputStream script = ConsoleBrowserTest.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script, "axe.min.js").readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
