package io.selfheal.healer.policy;

import io.selfheal.healer.policy.Means.Shedding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads how the rungs of a ladder are meant: each in a section of its own, that only the rung gives a sense to. */
final class MeansSection {
    private final Section policy;
    private final List<Rung> ladder;

    private MeansSection(Section policy, List<Rung> ladder) {
        this.policy = policy;
        this.ladder = ladder;
    }

    static Means read(Section policy, List<Rung> ladder) {
        MeansSection means = new MeansSection(policy, ladder);
        return new Means(
                means.duration("surge", Rung.SURGE_RESTART, "within", Means.DEFAULT.surgeWithin()),
                means.duration("shift", Rung.SHIFT_TRAFFIC, "keepFor", Means.DEFAULT.keepFor()),
                means.duration("degrade", Rung.DEGRADE, "lasting", Means.DEFAULT.degradeFor()),
                means.of("shed", Rung.SHED).map(MeansSection::shedding).orElse(Means.DEFAULT.shedding()),
                means.duration("release", Rung.ROLL_BACK, "suspectFor", Means.DEFAULT.suspectRelease()));
    }

    private Optional<Section> of(String key, Rung rung) {
        Optional<Section> section = policy.section(key);
        if (section.isPresent() && !ladder.contains(rung)) {
            policy.problem(key, "is never used: the ladder has no " + rung.word() + "; remove it or add the rung");
        }
        return section;
    }

    private Duration duration(String key, Rung rung, String field, Duration otherwise) {
        return of(key, rung)
                .flatMap(section -> {
                    Optional<Duration> read = section.duration(field);
                    section.refuseOtherKeys();
                    return read;
                })
                .orElse(otherwise);
    }

    private static Shedding shedding(Section section) {
        Shedding otherwise = Means.DEFAULT.shedding();
        Shedding read = new Shedding(
                section.number("admitPercent", 1, 99).orElse(otherwise.admitPercent()),
                section.duration("lasting").orElse(otherwise.lasting()),
                section.number("retryPercent", 1, 100).orElse(otherwise.retryPercent()));
        section.refuseOtherKeys();
        return read;
    }
}
