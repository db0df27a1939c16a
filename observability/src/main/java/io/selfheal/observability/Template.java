package io.selfheal.observability;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills placeholders; everything else stays as it is. {@code @} marks them, because {@code $} and braces belong to
 * Prometheus.
 *
 * <ul>
 *   <li>{@code @key@}: a setting
 *   <li>{@code @at 120s key@}: the sum of durations and settings, for the times in rule tests
 *   <li>{@code @scrapes 120s@}: how many scrapes fit in, for the series in rule tests
 *   <li>{@code @each 10@}: what a counter that grows by 10 a second grows per scrape
 * </ul>
 */
final class Template {
    private static final Pattern PLACEHOLDER = Pattern.compile("@([a-zA-Z][\\w.-]*(?: [\\w.-]+)*)@");
    private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m)");

    private final Map<String, String> settings;

    Template(Map<String, String> settings) {
        this.settings = Map.copyOf(settings);
    }

    String fill(String source) {
        return PLACEHOLDER.matcher(source).replaceAll(match -> Matcher.quoteReplacement(value(match.group(1))));
    }

    private String value(String placeholder) {
        String[] words = placeholder.split(" ", -1);
        return switch (words[0]) {
            case "at" -> sum(words) + "ms";
            case "scrapes" -> String.valueOf(whole(sum(words), scrapeMillis(), placeholder));
            case "each" -> String.valueOf(whole(Long.parseLong(words[1]) * scrapeMillis(), 1000, placeholder));
            default -> setting(placeholder);
        };
    }

    private long sum(String[] words) {
        long millis = 0;
        for (int i = 1; i < words.length; i++) {
            String word = words[i];
            millis += millis(DURATION.matcher(word).matches() ? word : setting(word));
        }
        return millis;
    }

    private long scrapeMillis() {
        return millis(setting("scrape.interval"));
    }

    private String setting(String key) {
        String value = settings.get(key);
        if (value == null) {
            throw new IllegalArgumentException("unknown placeholder @" + key + "@");
        }
        return value;
    }

    private static long whole(long dividend, long divisor, String placeholder) {
        if (dividend % divisor != 0) {
            throw new IllegalArgumentException("@" + placeholder + "@ is not a whole number");
        }
        return dividend / divisor;
    }

    private static long millis(String duration) {
        Matcher matcher = DURATION.matcher(duration);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + duration + "' is not a duration such as 500ms, 5s or 5m");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> amount;
            case "s" -> amount * 1000;
            default -> amount * 60_000;
        };
    }
}
