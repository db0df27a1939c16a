package io.selfheal.demo.experiment;

import io.selfheal.demo.fleet.Fleet;
import io.selfheal.demo.fleet.StoppedTask;
import io.selfheal.demo.fleet.Task;
import io.selfheal.demo.http.Http;
import io.selfheal.demo.load.Request;
import io.selfheal.demo.stage.Stage;
import io.selfheal.demo.stage.StageFailed;
import io.selfheal.demo.watch.HealerSwitch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shows of an overload that it feeds on itself, before the healer is let in: what brought it about is over and it stays, and a task that
 * is restarted by hand is as bad as the old one soon. The healer is kept off the callers for the whole run: that they did without the
 * service would end it, too, and nobody could tell which of the two it was.
 */
final class StormProof {

    private static final Duration ALONE = Duration.ofSeconds(9);
    private static final Duration AFTER_THE_RESTART = Duration.ofSeconds(12);

    /** Half: an overload that stays fails nearly all, one that ebbs away hardly any. */
    private static final double STAYS = 0.5;

    /** Of the time before now: from then, and until a request that was sent has its answer or is given up. */
    private static final Duration WINDOW_FROM = Duration.ofSeconds(8);

    private static final Duration WINDOW_TO = Duration.ofMillis(3500);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(8);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private enum Step {
        SPIKE,
        ALONE,
        RESTARTING,
        RESTARTED,
        SHOWN,
        REFUTED
    }

    private final Stage stage;
    private final String service;
    private final String caller;
    private final Duration spike;
    private final HealerSwitch healer;
    private final List<String> remarks = new ArrayList<>();
    private Step step = Step.SPIKE;
    private Instant since = Instant.EPOCH;
    private String restarted = "";

    StormProof(Stage stage, String service, String caller, Duration spike, HealerSwitch healer) {
        this.stage = stage;
        this.service = service;
        this.caller = caller;
        this.spike = spike;
        this.healer = healer;
    }

    /** The spike begins. */
    void begin(Instant at) {
        since = at;
        for (String each : List.of(service, caller)) {
            healer.pause(scope(each), LONGEST_PAUSE, "the stage shows what a restart does")
                    .ifPresent(why -> {
                        throw new StageFailed("The healer could not be paused: " + why);
                    });
        }
    }

    /** One look further; what a person should be told of it. */
    List<Beat> goOn(Sight sight) {
        return switch (step) {
            case SPIKE ->
                passed(spike, sight) ? next(Step.ALONE, sight, "the spike is over, as many users as usual") : List.of();
            case ALONE -> passed(ALONE, sight) ? afterTheSpike(sight) : List.of();
            case RESTARTING -> replaced() ? next(Step.RESTARTED, sight, "the task in its place is ready") : List.of();
            case RESTARTED -> passed(AFTER_THE_RESTART, sight) ? afterTheRestart(sight) : List.of();
            case SHOWN, REFUTED -> List.of();
        };
    }

    boolean shown() {
        return step == Step.SHOWN;
    }

    /** It went away by itself, or by the restart: it was not what it claims to be. */
    boolean refuted() {
        return step == Step.REFUTED;
    }

    /** What was seen, for the report. */
    List<String> remarks() {
        return List.copyOf(remarks);
    }

    /** The healer is let in everywhere. */
    void end() {
        resume(service);
        resume(caller);
    }

    private List<Beat> afterTheSpike(Sight sight) {
        String seen = seen(sight, ALONE.toSeconds() + " s after the spike");
        if (failing(sight) < STAYS) {
            return next(Step.REFUTED, sight, seen);
        }
        Task first = stage.fleet().running(service).getFirst();
        restarted = first.arn();
        stage.ecs()
                .call(
                        "StopTask",
                        Map.of("cluster", Fleet.CLUSTER, "task", restarted, "reason", StoppedTask.BY_THE_STAGE));
        return next(Step.RESTARTING, sight, seen + "; the stage restarts " + first.shortId() + " by hand");
    }

    private List<Beat> afterTheRestart(Sight sight) {
        String seen = seen(sight, AFTER_THE_RESTART.toSeconds() + " s after the restart");
        if (failing(sight) < STAYS) {
            return next(Step.REFUTED, sight, seen);
        }
        if (!healer.isThere()) {
            return next(Step.SHOWN, sight, seen);
        }
        resume(service);
        remarks.add("the healer was let in after "
                + Duration.between(sight.injectedAt(), sight.now()).toSeconds() + " s");
        return next(Step.SHOWN, sight, seen + "; the healer is let in");
    }

    private String seen(Sight sight, String when) {
        String seen = "%s %.0f %% of the requests to %s fail".formatted(when, 100 * failing(sight), caller);
        remarks.add(seen);
        return seen;
    }

    /** The share of what users asked of the caller lately. */
    private double failing(Sight sight) {
        List<Request> lately = sight.requests().stream()
                .filter(request -> request.service().equals(caller))
                .filter(request -> request.sentAt().isAfter(sight.now().minus(WINDOW_FROM)))
                .filter(request -> request.sentAt().isBefore(sight.now().minus(WINDOW_TO)))
                .toList();
        return lately.isEmpty()
                ? 0
                : (double) lately.stream().filter(Request::failed).count() / lately.size();
    }

    private boolean replaced() {
        List<Task> running = stage.fleet().running(service);
        return stage.fleet().whole()
                && running.stream().noneMatch(task -> task.arn().equals(restarted))
                && running.stream().allMatch(task -> Http.get(task.at("/health/readiness"), TIMEOUT)
                        .ok());
    }

    private boolean passed(Duration time, Sight sight) {
        return !sight.now().isBefore(since.plus(time));
    }

    private List<Beat> next(Step to, Sight sight, String text) {
        step = to;
        since = sight.now();
        return List.of(new Beat(sight.now(), Beat.Kind.FAULT, text));
    }

    private void resume(String of) {
        Optional<String> trouble = healer.resume(scope(of));
        trouble.ifPresent(why -> remarks.add("the pause of " + of + " could not be ended: " + why));
    }

    private static String scope(String service) {
        return Fleet.CLUSTER + "/" + service;
    }
}
