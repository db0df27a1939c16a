package io.selfheal.healer.policy;

import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.policy.Policy.Budget;
import io.selfheal.healer.policy.Policy.Confirm;
import io.selfheal.healer.policy.Policy.Mode;
import io.selfheal.healer.policy.Policy.ScaleOutLimits;
import io.selfheal.healer.policy.Policy.Scope;
import io.selfheal.healer.policy.Policy.Strikes;
import io.selfheal.healer.policy.Policy.Verification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads one policy. What may be left out has a cautious default; what would be dangerous is a problem. */
final class PolicySection {
    // The defaults heal rarely and in shadow: whoever wants more says so.
    private static final Mode MODE = Mode.SHADOW;
    /** Twice the time in which a JVM under load has compiled what is hot and filled its pools and caches. */
    private static final Duration WARM_UP = Duration.ofMinutes(1);

    private static final Duration COOLDOWN = Duration.ofMinutes(5);
    private static final List<Budget> BUDGETS = List.of(
            new Budget(Scope.SERVICE, 3, Duration.ofHours(1)), new Budget(Scope.SERVICE, 7, Duration.ofDays(1)));
    private static final HealthyFloor FLOOR = new HealthyFloor.Percent(50);
    private static final Strikes STRIKES = new Strikes(3, Duration.ofHours(1), Duration.ofHours(1));
    private static final Verification VERIFICATION = new Verification(Duration.ofSeconds(30), Duration.ofMinutes(5));
    /** Long enough to be woken and look, short enough that what was looked at is still so. */
    private static final Duration APPROVAL_EXPIRY = Duration.ofMinutes(15);

    private static final Duration LEASE = Duration.ofMinutes(1);

    private final Section section;

    private PolicySection(Section section) {
        this.section = section;
    }

    /** Empty when something essential is missing, which then is among the problems. */
    static Optional<Policy> read(Section section) {
        return new PolicySection(section).read();
    }

    private Optional<Policy> read() {
        section.required("name", "it names the policy in the history");
        Optional<String> name = section.text("name");
        List<Matcher> match = match();
        List<Rung> ladder = ladder();
        Policy policy = new Policy(
                name.orElse(""),
                match,
                ladder,
                section.parsed("mode", text -> word(Mode.class, text)).orElse(MODE),
                section.parsed("confirm", text -> word(Confirm.class, text)).orElse(Confirm.NONE),
                section.duration("warmUp").orElse(WARM_UP),
                section.duration("cooldown").orElse(COOLDOWN),
                budgets(),
                section.section("healthyFloor").flatMap(PolicySection::floor).orElse(FLOOR),
                section.section("strikes").map(PolicySection::strikes).orElse(STRIKES),
                section.section("verification").map(PolicySection::verification).orElse(VERIFICATION),
                section.duration("lease").orElse(LEASE),
                approval(ladder),
                section.duration("approvalExpiry").orElse(APPROVAL_EXPIRY),
                scaleOut(ladder),
                MeansSection.read(section, ladder),
                Set.copyOf(section.list("requires", text -> word(Evidence.Part.class, text))
                        .orElse(List.of())));
        section.refuseOtherKeys();
        return name.isPresent() ? Optional.of(policy) : Optional.empty();
    }

    private List<Matcher> match() {
        section.required("match", "it says which alerts the policy is for, for example ['alertname=\"TaskDown\"']");
        List<Matcher> match = section.list("match", Matcher::parse).orElse(List.of());
        if (section.has("match") && match.isEmpty()) {
            section.problem("match", "holds no condition and would match every alert; write at least one");
        }
        return match;
    }

    private List<Rung> ladder() {
        section.required("ladder", "it says what to try, for example [restart-task, escalate]");
        Optional<List<Rung>> read = section.list("ladder", PolicySection::rung);
        List<Rung> ladder = new ArrayList<>(read.orElse(List.of()));
        if (read.isPresent() && ladder.isEmpty()) {
            section.problem("ladder", "is empty; write [escalate] to hand every alert to a human");
        }
        if (new HashSet<>(ladder).size() < ladder.size()) {
            section.problem("ladder", "names a rung twice; no rung is repeated");
        }
        int escalate = ladder.indexOf(Rung.ESCALATE);
        if (escalate >= 0 && escalate < ladder.size() - 1) {
            section.problem("ladder", "goes on after escalate; escalate comes last");
        }
        return ladder;
    }

    private Set<Rung> approval(List<Rung> ladder) {
        Set<Rung> approval = EnumSet.noneOf(Rung.class);
        approval.addAll(section.list("approval", PolicySection::rung).orElse(List.of()));
        if (approval.contains(Rung.ESCALATE)) {
            section.problem("approval", "names escalate, which calls a person anyway; remove it");
        } else if (!ladder.containsAll(approval)) {
            section.problem("approval", "names a rung that the ladder does not hold; remove it or add the rung");
        }
        return approval;
    }

    private static Rung rung(String text) {
        List<String> words = Stream.of(Rung.values()).map(Rung::word).toList();
        return Rung.ofWord(text)
                .orElseThrow(() -> new IllegalArgumentException("unknown rung '" + text + "'"
                        + Spelling.suggest(text, words) + "; known: " + String.join(", ", words)));
    }

    private List<Budget> budgets() {
        Optional<List<Section>> sections = section.sections("budgets");
        if (sections.isEmpty()) {
            return BUDGETS;
        }
        List<Budget> budgets = sections.get().stream()
                .map(PolicySection::budget)
                .flatMap(Optional::stream)
                .toList();
        if (sections.get().isEmpty()) {
            section.problem(
                    "budgets", "is empty, which would mean no limit; leave it out for the default or write one");
        }
        return budgets;
    }

    private static Optional<Budget> budget(Section section) {
        section.required("scope", "write target, service or global");
        section.required("limit", "write how many actions");
        section.required("window", "write the time they are counted over, for example PT1H");
        Optional<Scope> scope = section.parsed("scope", text -> word(Scope.class, text));
        Optional<Integer> limit = section.number("limit", 1, Integer.MAX_VALUE);
        Optional<Duration> window = section.duration("window");
        section.refuseOtherKeys();
        return scope.flatMap(s -> limit.flatMap(l -> window.map(w -> new Budget(s, l, w))));
    }

    private static Optional<HealthyFloor> floor(Section section) {
        Optional<Integer> percent = section.number("percent", 0, 100);
        Optional<Integer> count = section.number("count", 0, Integer.MAX_VALUE);
        if (section.has("percent") == section.has("count")) {
            section.problem("percent", "write either percent or count");
        }
        section.refuseOtherKeys();
        Optional<HealthyFloor> ofPercent = percent.map(HealthyFloor.Percent::new);
        return ofPercent.or(() -> count.map(HealthyFloor.Count::new));
    }

    private static Strikes strikes(Section section) {
        Strikes strikes = new Strikes(
                section.number("limit", 1, Integer.MAX_VALUE).orElse(STRIKES.limit()),
                section.duration("window").orElse(STRIKES.window()),
                section.duration("quarantine").orElse(STRIKES.quarantine()));
        section.refuseOtherKeys();
        return strikes;
    }

    private static Verification verification(Section section) {
        Verification verification = new Verification(
                section.duration("stabilisation").orElse(VERIFICATION.stabilisation()),
                section.duration("deadline").orElse(VERIFICATION.deadline()));
        if (verification.stabilisation().compareTo(verification.deadline()) >= 0) {
            section.problem(
                    "deadline",
                    "has to be longer than stabilisation, was " + verification.deadline() + " against "
                            + verification.stabilisation());
        }
        section.refuseOtherKeys();
        return verification;
    }

    private Optional<ScaleOutLimits> scaleOut(List<Rung> ladder) {
        Optional<Section> limits = section.section("scaleOut");
        if (ladder.contains(Rung.SCALE_OUT) && limits.isEmpty()) {
            section.problem("scaleOut", "is missing; the ladder scales out: write {add, ceiling, returnAfter}");
        }
        if (!ladder.contains(Rung.SCALE_OUT) && limits.isPresent()) {
            section.problem("scaleOut", "is never used: the ladder has no scale-out; remove it or add the rung");
        }
        return limits.flatMap(PolicySection::limits);
    }

    private static Optional<ScaleOutLimits> limits(Section section) {
        section.required("add", "write how many tasks are added");
        section.required("ceiling", "write the desired count that is never exceeded");
        section.required("returnAfter", "a scale-out has to end by itself: write for example PT10M");
        Optional<Integer> add = section.number("add", 1, Integer.MAX_VALUE);
        Optional<Integer> ceiling = section.number("ceiling", 2, Integer.MAX_VALUE);
        Optional<Duration> returnAfter = section.duration("returnAfter");
        section.refuseOtherKeys();
        return add.flatMap(a -> ceiling.flatMap(c -> returnAfter.map(r -> new ScaleOutLimits(a, c, r))));
    }

    static <E extends Enum<E>> E word(Class<E> type, String text) {
        List<String> words = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        int index = words.indexOf(text);
        if (index < 0) {
            throw new IllegalArgumentException("expected one of " + String.join(", ", words) + ", was '" + text + "'"
                    + Spelling.suggest(text, words));
        }
        return type.getEnumConstants()[index];
    }
}
