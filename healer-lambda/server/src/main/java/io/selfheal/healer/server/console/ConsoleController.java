package io.selfheal.healer.server.console;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Serves the page's files, a closed list of them, straight from the class path: nothing of them is kept in memory. They hold
 * nothing secret, so that they can be read before the token is known; what they show is asked for with it.
 */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class ConsoleController {

    /** Only what comes from here may run, be drawn, or be spoken to; no text may ever become markup. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";

    private static final String PAGE = "index.html";
    private static final Map<String, String> FILES = Map.ofEntries(
            Map.entry("console.css", "text/css; charset=utf-8"),
            Map.entry("icon.svg", "image/svg+xml"),
            script("app.js"),
            script("api.js"),
            script("controls.js"),
            script("dom.js"),
            script("format.js"),
            script("incident.js"),
            script("incidents.js"),
            script("now.js"),
            script("policies.js"),
            script("stream.js"),
            script("token.js"),
            script("why.js"),
            script("words.js"));

    private static Map.Entry<String, String> script(String name) {
        return Map.entry(name, "text/javascript; charset=utf-8");
    }

    /**
     * Shows the console.
     *
     * @param known what the browser has already
     * @return the page
     */
    @Get(value = "/", produces = "text/html; charset=utf-8")
    HttpResponse<byte[]> page(@Nullable @Header(HttpHeaders.IF_NONE_MATCH) String known) {
        return file(PAGE, "text/html; charset=utf-8", known);
    }

    /**
     * Serves a part of the console.
     *
     * @param name of the file
     * @param known what the browser has already
     * @return the file
     */
    @Get(value = "/console/{name}", produces = "*/*")
    HttpResponse<byte[]> part(@PathVariable String name, @Nullable @Header(HttpHeaders.IF_NONE_MATCH) String known) {
        String type = FILES.get(name);
        if (type == null) {
            throw new HttpStatusException(HttpStatus.NOT_FOUND, "the console has no file '" + name + "'");
        }
        return file(name, type, known);
    }

    private static HttpResponse<byte[]> file(String name, String type, @Nullable String known) {
        byte[] content = read(name);
        String tag = tag(content);
        MutableHttpResponse<byte[]> response = tag.equals(known)
                ? HttpResponse.notModified()
                : HttpResponse.ok(content).header("Content-Type", type);
        return response.header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
                .header("X-Frame-Options", "DENY")
                // Asked again each time: after an update no page mixes old and new files.
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header(HttpHeaders.ETAG, tag);
    }

    private static String tag(byte[] content) {
        CRC32C sum = new CRC32C();
        sum.update(content);
        return '"' + HexFormat.of().toHexDigits(sum.getValue(), 8) + "-" + content.length + '"';
    }

    private static byte[] read(String name) {
        try (InputStream in = ConsoleController.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the console's " + name + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
