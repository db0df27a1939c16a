package io.selfheal.healer.server.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.selfheal.healer.server.stage.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One tab, looked at and used as a person would: it remembers what it asked for and what it complained about. */
public final class Tab implements AutoCloseable {
    private final DevTools tools;
    private final String context;
    private final String target;
    private final String session;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private Tab(DevTools tools) {
        this.tools = tools;
        context = tools.call(null, "Target.createBrowserContext", DevTools.object())
                .path("browserContextId")
                .asText();
        target = tools.call(
                        null,
                        "Target.createTarget",
                        DevTools.object().put("url", "about:blank").put("browserContextId", context))
                .path("targetId")
                .asText();
        session = tools.call(
                        null,
                        "Target.attachToTarget",
                        DevTools.object().put("targetId", target).put("flatten", true))
                .path("sessionId")
                .asText();
    }

    static Tab open(DevTools tools) {
        Tab tab = new Tab(tools);
        tools.listen(tab.session, tab::heard);
        List.of("Page.enable", "Runtime.enable", "Network.enable", "Log.enable").forEach(tab::call);
        return tab;
    }

    private void heard(JsonNode event) {
        JsonNode what = event.path("params");
        switch (event.path("method").asText()) {
            case "Network.requestWillBeSent" ->
                requests.add(what.path("request").path("url").asText());
            case "Runtime.exceptionThrown" ->
                complaints.add(what.path("exceptionDetails").toString());
            case "Log.entryAdded" -> {
                if (what.path("entry").path("level").asText().equals("error")) {
                    complaints.add(what.path("entry").path("text").asText() + " "
                            + what.path("entry").path("url").asText());
                }
            }
            default -> {
                // The browser tells much more.
            }
        }
    }

    /** Every address that was asked for. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Errors of scripts, of the network, and what the page's security policy kept from happening. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    public void size(int width, int height, boolean phone) {
        call(
                "Emulation.setDeviceMetricsOverride",
                DevTools.object()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", phone));
    }

    /** Dark or light, as the person's system says. */
    public void prefer(String scheme) {
        ObjectNode media = DevTools.object();
        media.putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", scheme);
        media.withArray("features")
                .addObject()
                .put("name", "prefers-reduced-motion")
                .put("value", "reduce");
        call("Emulation.setEmulatedMedia", media);
    }

    /** For tools that a test brings along, which the page itself would not let in. */
    public void letTestsIn() {
        call("Page.setBypassCSP", DevTools.object().put("enabled", true));
    }

    public void visit(URI address) {
        call("Page.navigate", DevTools.object().put("url", address.toString()));
    }

    /** The value of an expression, awaited where it is a promise. */
    public JsonNode eval(String script) {
        JsonNode answer = call(
                "Runtime.evaluate",
                DevTools.object()
                        .put("expression", script)
                        .put("awaitPromise", true)
                        .put("returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(
                    script.lines().findFirst().orElse("") + ": " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    public void await(String what, String script) {
        Await.until(
                () -> what + "; the page says: " + text("body") + "; it complains: " + complaints,
                () -> eval(script).asBoolean());
    }

    /** What a person reads of the first element. */
    public String text(String selector) {
        return eval("document.querySelector(" + quoted(selector) + ")?.innerText ?? ''")
                .asText();
    }

    public void awaitText(String selector, String words) {
        await(
                "'" + words + "' in " + selector,
                "[...document.querySelectorAll(" + quoted(selector) + ")].some((one) => one.innerText.includes("
                        + quoted(words) + "))");
    }

    public void click(String selector) {
        eval("document.querySelector(" + quoted(selector) + ").click()");
    }

    public void type(String selector, String words) {
        eval("document.querySelector(" + quoted(selector) + ").focus()");
        call("Input.insertText", DevTools.object().put("text", words));
    }

    /** One key, as a keyboard would send it: Tab, Enter, Escape. */
    public void press(String key) {
        int code =
                switch (key) {
                    case "Tab" -> 9;
                    case "Enter" -> 13;
                    case "Escape" -> 27;
                    default -> throw new IllegalArgumentException("no such key here: " + key);
                };
        ObjectNode down = DevTools.object()
                .put("type", key.equals("Enter") ? "keyDown" : "rawKeyDown")
                .put("key", key)
                .put("code", key)
                .put("windowsVirtualKeyCode", code);
        if (key.equals("Enter")) {
            down.put("text", "\r");
        }
        call("Input.dispatchKeyEvent", down);
        call(
                "Input.dispatchKeyEvent",
                DevTools.object()
                        .put("type", "keyUp")
                        .put("key", key)
                        .put("code", key)
                        .put("windowsVirtualKeyCode", code));
    }

    /** The whole page, as far down as it goes. */
    public void picture(Path file) {
        JsonNode page = call("Page.getLayoutMetrics").path("cssContentSize");
        ObjectNode how = DevTools.object().put("format", "png").put("captureBeyondViewport", true);
        how.putObject("clip")
                .put("x", 0)
                .put("y", 0)
                .put("width", page.path("width").asInt())
                .put("height", page.path("height").asInt())
                .put("scale", 1);
        byte[] png = Base64.getDecoder()
                .decode(call("Page.captureScreenshot", how).path("data").asText());
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String quoted(String text) {
        return DevTools.object().textNode(text).toString();
    }

    private JsonNode call(String method) {
        return call(method, DevTools.object());
    }

    private JsonNode call(String method, ObjectNode parameters) {
        return tools.call(session, method, parameters);
    }

    @Override
    public void close() {
        tools.call(null, "Target.disposeBrowserContext", DevTools.object().put("browserContextId", context));
    }
}
