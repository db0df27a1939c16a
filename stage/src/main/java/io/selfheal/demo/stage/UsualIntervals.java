package io.selfheal.demo.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Rewrites a rendered configuration to the intervals of the first example in Prometheus's manual and to the defaults of Alertmanager's: look every 15 s, wait 30 s for a
 * group and 5 min for what joins it. The rules stay ours; their windows grow to hold four looks.
 */
final class UsualIntervals {

    private static final Pattern WINDOW = Pattern.compile("\\[(\\d+)s((?::[^]]*)?)]");
    /** Two looks that failed, and never four: as the profiles reckon. */
    private static final int MISSES_SECONDS = 40;

    private static final int SECONDS_IN_MINUTE = 60;
    private static final String RESEND = "--rules.alert.resend-delay=";

    private UsualIntervals() {}

    static void rewrite(Path folder) throws IOException {
        Path prometheus = folder.resolve("prometheus.yml");
        Files.writeString(prometheus, prometheus(Files.readString(prometheus)));
        Path rules = folder.resolve("rules.yml");
        Files.writeString(rules, rules(Files.readString(rules)));
        Path alertmanager = folder.resolve("alertmanager.yml");
        Files.writeString(alertmanager, alertmanager(Files.readString(alertmanager)));
    }

    /** Without what makes alerts come again sooner. */
    static List<String> arguments(List<String> arguments) {
        return arguments.stream().filter(each -> !each.startsWith(RESEND)).toList();
    }

    static String prometheus(String text) {
        return set(set(set(text, "scrape_interval", "15s"), "scrape_timeout", "10s"), "evaluation_interval", "15s");
    }

    static String alertmanager(String text) {
        String grouped = text.replace("group_by: ['...']", "group_by: [alertname, cluster, service_name]");
        return set(set(set(grouped, "group_wait", "30s"), "group_interval", "5m"), "repeat_interval", "4h");
    }

    static String rules(String text) {
        return WINDOW.matcher(text).replaceAll(UsualIntervals::window);
    }

    private static String window(MatchResult found) {
        int seconds = Integer.parseInt(found.group(1));
        String step = found.group(2).isEmpty() ? "" : ":15s";
        // The window of misses is the only one below three of the production profile's looks.
        boolean misses = seconds < 3 * 5;
        int longer = misses ? MISSES_SECONDS : Math.max(seconds, SECONDS_IN_MINUTE);
        return "[" + longer + "s" + step + "]";
    }

    /** Wherever it is set; throws when it is nowhere, since then the comparison would be none. */
    private static String set(String text, String key, String value) {
        Pattern line = Pattern.compile("(?m)^(\\s*(?:- )?" + key + ": )\\S+$");
        if (!line.matcher(text).find()) {
            throw new StageFailed("The rendered configuration sets no " + key);
        }
        return line.matcher(text).replaceAll("$1" + value);
    }
}
