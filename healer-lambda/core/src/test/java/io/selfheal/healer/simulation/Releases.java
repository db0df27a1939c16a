package io.selfheal.healer.simulation;

import io.selfheal.healer.evidence.Release;
import io.selfheal.healer.evidence.Release.Status;
import io.selfheal.healer.simulation.SimFleet.Trouble;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was ever deployed of one service, the newest first, and which of its revisions make every task of theirs sick. */
final class Releases {
    private static final int KEPT = 8;

    private final List<Release> all = new ArrayList<>();
    private final Map<String, Trouble> bad = new HashMap<>();
    private int newest = 1;
    private String revision = "r:1";

    Releases(Instant first) {
        all.add(new Release(revision, first, Status.COMPLETED));
    }

    /** Of the tasks that start now. */
    String revision() {
        return revision;
    }

    List<Release> all() {
        return List.copyOf(all);
    }

    Trouble trouble(String ofRevision) {
        return bad.getOrDefault(ofRevision, Trouble.NONE);
    }

    /** A revision that never was before. */
    String next(Trouble trouble) {
        String next = "r:" + ++newest;
        bad.put(next, trouble);
        return next;
    }

    /** Ends whatever deployment is under way. */
    void begins(String next, Instant at) {
        ends(Status.ABANDONED);
        revision = next;
        all.addFirst(new Release(next, at, Status.IN_PROGRESS));
        if (all.size() > KEPT) {
            all.removeLast();
        }
    }

    void completes() {
        ends(Status.COMPLETED);
    }

    private void ends(Status how) {
        Release last = all.getFirst();
        if (last.status() == Status.IN_PROGRESS) {
            all.set(0, new Release(last.revision(), last.startedAt(), how));
        }
    }

    void calm() {
        bad.clear();
    }
}
