package io.selfheal.healer.simulation;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.policy.Policies;
import io.selfheal.healer.policy.PolicyFile;
import io.selfheal.healer.testkit.Fixtures;
import io.selfheal.healer.testkit.InMemorySwitches;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Everything in one simulated world, made from one seed. */
final class World {
    /** One service for each kind of policy, so that what governs a service is known without asking the engine. */
    static final String POLICIES = """
            version: 1
            name: simulation
            storm: {services: 3, window: PT6S, hold: PT20S}
            flap: {flips: 1000, window: PT1M, quarantine: PT1M}
            policies:
              - name: order
                match: ['service_name="order"', 'alertname!="Stray"']
                ladder: [restart-task, redeploy, escalate]
                mode: act
                cooldown: PT5S
                budgets: [{scope: service, limit: 5, window: PT3M}, {scope: global, limit: 9, window: PT3M}]
                healthyFloor: {percent: 50}
                strikes: {limit: 2, window: PT4M, quarantine: PT90S}
                verification: {stabilisation: PT2S, deadline: PT20S}
                warmUp: PT1S
                lease: PT15S
              - name: stock
                match: ['service_name="stock"', 'alertname!="Stray"']
                ladder: [restart-task, redeploy, escalate]
                mode: act
                confirm: probe
                cooldown: PT20S
                budgets: [{scope: target, limit: 1, window: PT6M}, {scope: global, limit: 9, window: PT3M}]
                healthyFloor: {count: 1}
                strikes: {limit: 3, window: PT4M, quarantine: PT90S}
                verification: {stabilisation: PT2S, deadline: PT20S}
                warmUp: PT1S
                lease: PT15S
              - name: pay
                match: ['service_name="pay"', 'alertname!="Stray"']
                ladder: [surge-restart, escalate]
                surge: {within: PT40S}
                mode: act
                cooldown: PT5S
                budgets: [{scope: service, limit: 5, window: PT3M}, {scope: global, limit: 9, window: PT3M}]
                healthyFloor: {percent: 60}
                strikes: {limit: 3, window: PT4M, quarantine: PT90S}
                verification: {stabilisation: PT4S, deadline: PT20S}
                warmUp: PT30S
                lease: PT15S
              - name: mail
                match: ['service_name="mail"', 'alertname!="Stray"']
                ladder: [restart-task, redeploy, escalate]
                mode: shadow
                cooldown: PT5S
                budgets: [{scope: service, limit: 5, window: PT3M}]
                healthyFloor: {percent: 50}
                strikes: {limit: 3, window: PT4M, quarantine: PT90S}
                verification: {stabilisation: PT2S, deadline: PT20S}
                warmUp: PT1S
                lease: PT15S
              - name: web
                match: ['service_name="web"', 'alertname!="Stray"']
                ladder: [scale-out, redeploy, escalate]
                mode: act
                cooldown: PT5S
                budgets: [{scope: service, limit: 5, window: PT3M}, {scope: global, limit: 9, window: PT3M}]
                healthyFloor: {percent: 0}
                strikes: {limit: 3, window: PT4M, quarantine: PT90S}
                verification: {stabilisation: PT2S, deadline: PT20S}
                warmUp: PT1S
                lease: PT15S
                scaleOut: {add: 2, ceiling: 3, returnAfter: PT2M}
            """;

    private static final String CALLS = "calls: {web: [order], order: [stock, pay], mail: [web]}\n";

    static final ServiceId WEB = Fixtures.service("web");
    /** Where the healer changes the desired count: by scaling out, and by putting a replacement first. */
    static final Set<ServiceId> SCALED = Set.of(WEB, Fixtures.service("pay"));

    private static final Map<String, Integer> TASKS = Map.of("order", 3, "stock", 2, "pay", 4, "mail", 3, "web", 2);
    private static final Map<String, Policies> PARSED = new ConcurrentHashMap<>();

    final Weather weather;
    final Twist twist;
    final Chance chance;
    final Timeline timeline;
    final Story story;
    final SimFleet fleet;
    final SimStore store;
    final Oracle oracle;
    final Monitors monitors;
    final Policies healersPolicies;
    final InMemorySwitches switches = new InMemorySwitches();
    final List<SimHealer> healers = new ArrayList<>();
    /** A few services take little of what ECS allows; a low rate makes throttling happen. */
    final Bucket describes;

    final Bucket actions;
    long storeDownUntil;
    long apiDownUntil;
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
        String yaml = weather.calling() ? POLICIES + CALLS : POLICIES;
        oracle = new Oracle(parsed(yaml));
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
        boolean now = armed.filter(trap::equals).isPresent();
        if (now) {
            story.tell(Timeline.WORLD, () -> "FAULT " + trap);
            armed = Optional.empty();
        }
        return now;
    }

    /** How many calls there were that the trap applies to. */
    int applicable(Trap trap) {
        return applicable.getOrDefault(trap, 0);
    }

    private static Policies parsed(String yaml) {
        return PARSED.computeIfAbsent(yaml, text -> PolicyFile.parse("simulation.yaml", text));
    }
}
