package io.selfheal.healer.aws.sns;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * So many notices within a window go out one by one; those beyond are kept and summed up in one when it ends. Not
 * thread-safe; time is passed in.
 */
final class Rationing {
    /** Beyond this only the number grows. */
    private static final int NAMED = 200;

    private final int perWindow;
    private final Duration window;
    private final List<Notice> kept = new ArrayList<>();
    private Optional<Instant> began = Optional.empty();
    private int sent;
    private int unnamed;

    Rationing(int perWindow, Duration window) {
        this.perWindow = perWindow;
        this.window = window;
    }

    /**
     * What a window held beyond its ration.
     *
     * @param notices the first of them
     * @param more how many there were besides
     */
    record Digest(List<Notice> notices, int more) {
        Digest {
            notices = List.copyOf(notices);
        }

        int count() {
            return notices.size() + more;
        }
    }

    /** Whether it may go out now; otherwise it is kept for the digest. */
    boolean admits(Notice notice, Instant now) {
        if (over(now) && kept.isEmpty()) {
            began = Optional.of(now);
            sent = 0;
        }
        if (sent < perWindow) {
            sent++;
            return true;
        }
        if (kept.size() < NAMED) {
            kept.add(notice);
        } else {
            unnamed++;
        }
        return false;
    }

    /** Of the window that is over; a new one begins with it. Empty: it is not over, or nothing was kept. */
    Optional<Digest> digest(Instant now) {
        if (kept.isEmpty() || !over(now)) {
            return Optional.empty();
        }
        sent = 0;
        began = Optional.of(now);
        return rest();
    }

    /** What is kept, whether the window is over or not; its ration stays used. Empty: nothing was kept. */
    Optional<Digest> rest() {
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        Digest digest = new Digest(kept, unnamed);
        kept.clear();
        unnamed = 0;
        return Optional.of(digest);
    }

    /** How long until there may be a digest. Empty: there is nothing to sum up. */
    Optional<Duration> untilDigest(Instant now) {
        return kept.isEmpty() ? Optional.empty() : began.map(start -> Duration.between(now, start.plus(window)));
    }

    private boolean over(Instant now) {
        return began.map(start -> !now.isBefore(start.plus(window))).orElse(true);
    }
}
