package io.selfheal.healer.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Which database, and how long it may take.
 *
 * @param url a JDBC URL of H2 or PostgreSQL
 * @param poolSize connections at most; a save takes milliseconds, so few are enough
 * @param connectTimeout bound of getting a connection, from the pool or the network
 * @param answerTimeout bound of waiting for one answer; PostgreSQL's driver counts it in whole seconds
 */
public record JdbcSettings(
        String url, String user, String password, int poolSize, Duration connectTimeout, Duration answerTimeout) {
    // MODE and the two after it make H2 read the same SQL as PostgreSQL does.
    // CACHE_SIZE is in KB; H2's own is 64 MB for each GB of memory.
    // A connection keeps as many statements parsed as the store has, and more; of H2's eight an incident uses up all.
    // With H2's fill rate of 90 % its writer moves up to 38 MB about under the store's lock, twice a second for as
    // long as saves come, and every checkpoint waits for it (SignalToFleetBench: 40 to 60 ms at a time); with 50 %
    // the file takes up to twice the room.
    // Closing is ours: H2's own shutdown hook would close the database under requests that are being finished.
    private static final List<String> H2_OPTIONS = List.of(
            "MODE=PostgreSQL",
            "DATABASE_TO_LOWER=TRUE",
            "DEFAULT_NULL_ORDERING=HIGH",
            "CACHE_SIZE=4096",
            "QUERY_CACHE_SIZE=32",
            "LOCK_TIMEOUT=1000",
            "RETENTION_TIME=5000",
            "AUTO_COMPACT_FILL_RATE=50",
            "DB_CLOSE_ON_EXIT=FALSE");

    public JdbcSettings {
        if (!url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "store url: expected jdbc:h2:... or jdbc:postgresql:..., was '" + withoutSecrets(url) + "'");
        }
        if (poolSize < 1) {
            throw new IllegalArgumentException("pool size: expected 1 or more, was " + poolSize);
        }
    }

    /** Four connections, 1.5 s to get one, 2 s to answer. */
    public static JdbcSettings of(String url, String user, String password) {
        return new JdbcSettings(url, user, password, 4, Duration.ofMillis(1500), Duration.ofSeconds(2));
    }

    /** An H2 database in a file of this name (H2 appends {@code .mv.db}); missing folders are made. */
    public static JdbcSettings h2File(Path file) {
        return of("jdbc:h2:file:" + file.toAbsolutePath(), "sa", "");
    }

    boolean h2() {
        return url.startsWith("jdbc:h2:");
    }

    /** The URL with what the store needs of the database, unless the URL says otherwise. */
    String effectiveUrl() {
        if (!h2()) {
            return url;
        }
        StringBuilder effective = new StringBuilder(uninterruptible(url));
        for (String option : H2_OPTIONS) {
            String key = option.substring(0, option.indexOf('=') + 1);
            if (!url.toUpperCase(Locale.ROOT).contains(";" + key)) {
                effective.append(';').append(option);
            }
        }
        return effective.toString();
    }

    /** For messages and logs. */
    String shownUrl() {
        return withoutSecrets(url);
    }

    /**
     * With {@code file:} one interrupted thread closes the file under all others, and the database with it
     * (github.com/h2database/h2database/issues/227); {@code async:} is the same file by a channel that nobody can close so.
     */
    private static String uninterruptible(String url) {
        for (String plain : new String[] {"jdbc:h2:file:", "jdbc:h2:nio:"}) {
            if (url.startsWith(plain)) {
                return "jdbc:h2:async:" + url.substring(plain.length());
            }
        }
        String path = url.substring("jdbc:h2:".length());
        boolean bare = path.startsWith("/") || path.startsWith("./") || path.startsWith("~");
        return bare ? "jdbc:h2:async:" + path : url;
    }

    private static String withoutSecrets(String url) {
        return url.replaceFirst("[?;].*", "").replaceFirst("//[^/@]*@", "//");
    }

    @Override
    public String toString() {
        return "JdbcSettings[" + shownUrl() + " as " + user + "]";
    }
}
