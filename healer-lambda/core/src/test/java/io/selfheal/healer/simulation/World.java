package io.selfheal.healer.simulation;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.policy.PolicyFile;
import io.selfheal.healer.policy.Rung;
import io.selfheal.healer.testkit.Fixtures;
import io.selfheal.healer.testkit.InMemorySwitches;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Everything in one simulated world, made from one seed. */
final class World {
    static final ServiceId WEB = Fixtures.service("web");
    private static final Set<Rung> CHANGING_THE_COUNT =
            EnumSet.of(Rung.SCALE_OUT, Rung.SURGE_RESTART, Rung.SHIFT_TRAFFIC);
    private static final Map<String, Integer> TASKS = Map.of("order", 3, "stock", 2, "pay", 4, "mail", 3, "web", 2);
    private static final Map<String, Policies> PARSED = new ConcurrentHashMap<>();

    final Weather weather;
    final Twist twist;
    final Chance chance;
    final Timeline timeline;
    final Story story;
    final SimFleet fleet;
    final SimEvidence evidence;
    final SimStore store;
    final Oracle oracle;
    final Monitors monitors;
    /** The right ones. */
    final Policies policies;

    final Policies healersPolicies;
    final InMemorySwitches switches = new InMemorySwitches();
    final List<SimHealer> healers = new ArrayList<>();
    /** A few services take little of what ECS allows; a low rate makes throttling happen. */
    final Bucket describes;

    final Bucket actions;
    long storeDownUntil;
    long apiDownUntil;
    long evidenceDownUntil;
    long ids;
    long calls;
    /** Snaps at the next call that it applies to. */
    Optional<Trap> armed = Optional.empty();

    private final Map<Trap, Integer> applicable = new EnumMap<>(Trap.class);
    /** The call at which the healer that makes it is killed; 0: none. */
    long killAt;

    World(Weather weather, Random random, Twist twist, boolean told) {
        this(weather, random, twist, told, List.of("order", "stock", "pay", "mail", "web"));
    }

    World(Weather weather, Random random, Twist twist, boolean told, List<String> services) {
        this.weather = weather;
        this.twist = twist;
        chance = new Chance(random);
        timeline = new Timeline(weather.healers());
        story = new Story(timeline, told);
        fleet = new SimFleet(timeline, chance);
        store = new SimStore(twist.flaws());
        evidence = new SimEvidence(this);
        String yaml = WorldPolicies.of(weather);
        policies = parsed(yaml);
        oracle = new Oracle(policies);
        monitors = new Monitors(this);
        healersPolicies = parsed(twist.policies(yaml));
        describes = new Bucket(100, 20);
        actions = new Bucket(5, 1);
        services.forEach(name -> fleet.service(Fixtures.service(name), TASKS.getOrDefault(name, 2)));
        for (int i = 1; i <= weather.healers(); i++) {
            long skew = weather.skewMillis() == 0 ? 0 : chance.between(-weather.skewMillis(), weather.skewMillis());
            healers.add(new SimHealer(this, i, twist.skewMillis(i, skew)));
        }
    }

    /** At a call that the trap applies to: whether it is set, and snaps. */
    boolean snaps(Trap trap) {
        applicable.merge(trap, 1, Integer::sum);
        boolean now = armed.isPresent() && armed.get() == trap;
        if (now) {
            story.tell(Timeline.WORLD, () -> "FAULT " + trap);
            armed = Optional.empty();
        }
        return now;
    }

    /** Where the healer changes the desired count: by scaling out, and by putting a replacement first. */
    boolean scaled(ServiceId service) {
        return policies.policies().stream()
                .filter(policy -> policy.name().equals(service.service()))
                .flatMap(policy -> policy.ladder().stream())
                .anyMatch(CHANGING_THE_COUNT::contains);
    }

    Set<String> callees(ServiceId service) {
        return policies.calls().getOrDefault(service.service(), Set.of());
    }

    /** How many calls there were that the trap applies to. */
    int applicable(Trap trap) {
        return applicable.getOrDefault(trap, 0);
    }

    private static Policies parsed(String yaml) {
        return PARSED.computeIfAbsent(yaml, text -> PolicyFile.parse("simulation.yaml", text));
    }
}
