package io.selfheal.healer.decide;

import io.selfheal.healer.decide.Cause.BadRelease;
import io.selfheal.healer.decide.Cause.SuspectRelease;
import io.selfheal.healer.evidence.Release;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Task;
import io.selfheal.healer.fleet.TaskId;
import io.selfheal.healer.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether an incident is the doing of the release that came before it. */
final class Suspicion {

    private Suspicion() {}

    static Optional<Cause> of(Diagnosis diagnosis, Policy policy, Instant now) {
        return switch (diagnosis.situation().evidence().releases()) {
            case Fact.Unknown<List<Release>> _ -> Optional.empty();
            case Fact.Known<List<Release>>(List<Release> releases, Instant _) ->
                newest(releases).flatMap(release -> lastGood(releases, release)
                        .flatMap(good -> of(release, good, diagnosis, policy, now)));
        };
    }

    private static Optional<Cause> of(Release release, String good, Diagnosis diagnosis, Policy policy, Instant now) {
        Instant detected = diagnosis.incident().detectedAt();
        if (detected.isBefore(release.startedAt())) {
            return underWay(release, diagnosis) ? worsened(release.revision(), good, diagnosis) : Optional.empty();
        }
        Instant suspectUntil = release.startedAt().plus(policy.means().suspectRelease());
        return detected.isBefore(suspectUntil) ? judged(release.revision(), good, diagnosis, now) : Optional.empty();
    }

    private static Optional<Release> newest(List<Release> releases) {
        return releases.stream()
                .findFirst()
                .filter(release -> release.status() != Release.Status.ABANDONED)
                // A return to what ran before is no news, and rolling that back would bring back what was rolled back.
                .filter(release -> releases.stream()
                        .skip(1)
                        .noneMatch(earlier -> earlier.revision().equals(release.revision())
                                && earlier.status() == Release.Status.COMPLETED));
    }

    private static boolean underWay(Release release, Diagnosis diagnosis) {
        return release.status() == Release.Status.IN_PROGRESS
                && diagnosis
                        .state()
                        .deployment()
                        .filter(going -> going.revision().equals(release.revision()))
                        .isPresent();
    }

    /**
     * The trouble is older than the deployment, and so may be the alarm by which ECS would end it: ECS ignores one that
     * fires already when a deployment begins. It is worse if all of the new tasks are sick where old ones still serve well.
     */
    private static Optional<Cause> worsened(String bad, String good, Diagnosis diagnosis) {
        List<TaskId> ofIt = running(diagnosis, bad);
        List<TaskId> old = diagnosis.state().tasks().stream()
                .filter(task -> task.running() && !task.revision().equals(bad))
                .map(Task::id)
                .toList();
        long well = old.stream().filter(diagnosis::servesWell).count();
        return !ofIt.isEmpty() && diagnosis.failing().containsAll(ofIt) && well > 0
                ? Optional.of(new BadRelease(
                        bad,
                        good,
                        "the deployment makes it worse: all " + ofIt.size() + " tasks of " + bad + " are sick, while "
                                + well + " of " + old.size() + " before it serve well"))
                : Optional.empty();
    }

    private static Optional<String> lastGood(List<Release> releases, Release newest) {
        return releases.stream()
                .filter(release -> release.status() == Release.Status.COMPLETED)
                .map(Release::revision)
                .filter(revision -> !revision.equals(newest.revision()))
                .findFirst();
    }

    private static Optional<Cause> judged(String bad, String good, Diagnosis diagnosis, Instant now) {
        List<TaskId> ofIt = running(diagnosis, bad);
        List<TaskId> failing = diagnosis.failing();
        long sick = ofIt.stream().filter(failing::contains).count();
        // Tasks of the revision before it are sick as well: then it is not the release.
        if (sick == 0 || failing.size() > sick) {
            return Optional.empty();
        }
        String count = sick + " of " + ofIt.size() + " tasks of " + bad + " are sick";
        if (sick == ofIt.size()) {
            return Optional.of(new BadRelease(bad, good, count + ", none of another revision; " + good + " was good"));
        }
        Instant settled = diagnosis.accusedSince().plus(diagnosis.together());
        boolean othersKnownWell =
                ofIt.stream().filter(task -> !failing.contains(task)).allMatch(diagnosis::servesWell);
        return othersKnownWell || !now.isBefore(settled)
                ? Optional.empty()
                : Optional.of(new SuspectRelease(count + ", the others may follow until " + settled));
    }

    private static List<TaskId> running(Diagnosis diagnosis, String revision) {
        return diagnosis.state().tasks().stream()
                .filter(task -> task.running() && task.revision().equals(revision))
                .map(Task::id)
                .toList();
    }
}
