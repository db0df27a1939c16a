package io.selfheal.healer.local.telemetry;

import io.selfheal.healer.setting.Requirement;
import io.selfheal.healer.setting.StartRefusedException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Grafana whose dashboards are to show what the healer did.
 *
 * @param token of a service account that may write annotations; empty: none is sent. Never shown, not even by {@link #toString()}
 */
public record GrafanaSettings(URI url, String token) {

    /**
     * Reads the values of {@code HEALER_GRAFANA_URL}, {@code HEALER_GRAFANA_TOKEN} and {@code HEALER_GRAFANA_TOKEN_FILE}. Throws
     * StartRefusedException with a sentence for what cannot be used.
     */
    public static GrafanaSettings of(String url, String token, String tokenFile) {
        Requirement.httpAddress("HEALER_GRAFANA_URL", url);
        Requirement.that(
                token.isEmpty() || tokenFile.isEmpty(),
                "HEALER_GRAFANA_TOKEN and HEALER_GRAFANA_TOKEN_FILE are both set: give one of them");
        return new GrafanaSettings(URI.create(url), tokenFile.isEmpty() ? token : read(tokenFile));
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new StartRefusedException("HEALER_GRAFANA_TOKEN_FILE: cannot read " + file + ": " + e);
        }
    }

    @Override
    public String toString() {
        return "GrafanaSettings[url=" + url + "]";
    }
}
