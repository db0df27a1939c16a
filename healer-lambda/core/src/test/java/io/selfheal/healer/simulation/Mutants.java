package io.selfheal.healer.simulation;

import io.selfheal.healer.control.Pause;
import io.selfheal.healer.control.Switches;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.HealthProbe;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.TaskHealth;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentStore;
import io.selfheal.healer.incident.Ledger;
import io.selfheal.healer.incident.Opening;
import io.selfheal.healer.incident.SaveResult;
import io.selfheal.healer.incident.StoreUnavailableException;
import io.selfheal.healer.simulation.SimStore.Flaw;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Bugs on purpose. What a policy forbids is taken out of the policy that the healers read, which is the same as a guardrail
 * that is missing; everything else goes wrong between the engine and the world.
 */
final class Mutants {
    private static final String SOON = "PT0.001S";

    private final Map<String, Twist> all = new LinkedHashMap<>();

    private Mutants() {}

    static Map<String, Twist> all() {
        Mutants mutants = new Mutants();
        mutants.guardrails();
        mutants.claims();
        mutants.facts();
        mutants.memory();
        return mutants.all;
    }

    private void policy(String name, String regex, String instead) {
        all.put(name, new Twist() {
            @Override
            public String policies(String yaml) {
                return yaml.replaceAll(regex, instead);
            }
        });
    }

    private void fleet(String name, Function<Fleet, Fleet> change) {
        all.put(name, new Twist() {
            @Override
            public Fleet fleet(Fleet fleet) {
                return change.apply(fleet);
            }
        });
    }

    private void describing(String name, UnaryOperator<Fact<ServiceState>> change) {
        fleet(name, fleet -> new OddFleet(fleet) {
            @Override
            public Fact<ServiceState> describe(ServiceId service) {
                return change.apply(super.describe(service));
            }
        });
    }

    private void probing(String name, UnaryOperator<Fact<TaskHealth>> change) {
        all.put(name, new Twist() {
            @Override
            public HealthProbe probe(HealthProbe probe) {
                return tasks -> {
                    var seen = new HashMap<>(probe.probe(tasks));
                    seen.replaceAll((_, fact) -> change.apply(fact));
                    return seen;
                };
            }
        });
    }

    private void switches(String name, UnaryOperator<Fact<List<Pause>>> change) {
        all.put(name, new Twist() {
            @Override
            public Switches switches(Switches switches) {
                return new OddSwitches(switches, change);
            }
        });
    }

    private void store(String name, Function<IncidentStore, IncidentStore> change) {
        all.put(name, new Twist() {
            @Override
            public IncidentStore store(IncidentStore store) {
                return change.apply(store);
            }
        });
    }

    private void found(String name, UnaryOperator<Incident> change) {
        store(name, store -> new OddStore(store) {
            @Override
            public Optional<Incident> findOpen(ServiceId service) {
                return super.findOpen(service).map(change);
            }
        });
    }

    private void flaw(String name, Flaw flaw) {
        all.put(name, new Twist() {
            @Override
            public Set<Flaw> flaws() {
                return Set.of(flaw);
            }
        });
    }

    private void skew(String name, long millis) {
        all.put(name, new Twist() {
            @Override
            public long skewMillis(int healer, long skewMillis) {
                return healer == 1 ? millis : skewMillis;
            }
        });
    }

    private void guardrails() {
        switches("pauses are not asked for", _ -> new Fact.Known<>(List.of(), Instant.EPOCH));
        switches(
                "pauses that cannot be read are none",
                fact -> fact instanceof Fact.Unknown<List<Pause>> ? new Fact.Known<>(List.of(), Instant.EPOCH) : fact);
        policy("no storm breaker", "services: 3", "services: 1000000");
        policy("a storm breaker that lets go at once", "hold: PT20S", "hold: " + SOON);
        describing(
                "deployments are overlooked",
                fact -> fact.map(
                        state -> new ServiceState(state.id(), state.desired(), state.tasks(), Optional.empty())));
        policy("no quarantine", "strikes: \\{limit: \\d", "strikes: {limit: 1000");
        policy("a quarantine that ends at once", "quarantine: PT90S", "quarantine: " + SOON);
        policy("no cooldown", "cooldown: PT\\d+S", "cooldown: " + SOON);
        policy("no budget of a service", "service, limit: 5", "service, limit: 500");
        policy("no budget of a task", "target, limit: 1", "target, limit: 100");
        policy("no global budget", "global, limit: 9", "global, limit: 900");
        policy("one too many for a service", "service, limit: 5", "service, limit: 6");
        policy("one too many over all", "global, limit: 9", "global, limit: 10");
        policy("budgets that forget at once", "window: PT3M", "window: PT20S");
        policy("no confirmation", "confirm: probe", "confirm: none");
        policy("no warm-up", "warmUp: PT30S", "warmUp: " + SOON);
        policy("no healthy floor", "percent: \\d+|count: 1", "percent: 0");
        policy("shadow acts", "mode: shadow", "mode: act");
        policy("no ceiling", "ceiling: 3", "ceiling: 40");
        policy("temporary for too short", "returnAfter: PT2M", "returnAfter: PT10S");
        policy("temporary for too long", "returnAfter: PT2M", "returnAfter: PT5M");
        policy("healed at the first sight", "stabilisation: PT\\dS", "stabilisation: " + SOON);
        policy("the next rung too early", "deadline: PT20S", "deadline: PT6S");
    }

    private void claims() {
        flaw("the unfenced twin", Flaw.IGNORES_THE_VERSION);
        flaw("claims are not in the ledger", Flaw.FORGETS_CLAIMS_IN_THE_LEDGER);
        flaw("a claim is not saved", Flaw.SAYS_SAVED_AND_SAVES_NO_CLAIM);
        policy("no lease", "lease: PT15S", "lease: " + SOON);
        policy("an endless lease", "lease: PT15S", "lease: PT1H");
        skew("a clock ahead by more than a lease", 60_000);
        skew("a clock behind by more than a lease", -60_000);
        fleet("the adapter tries twice", fleet -> new OddFleet(fleet) {
            @Override
            public Outcome apply(Action action, String key) {
                super.apply(action, key);
                return super.apply(action, key);
            }
        });
        fleet("another action than the one claimed", fleet -> new OddFleet(fleet) {
            @Override
            public Outcome apply(Action action, String key) {
                return super.apply(new Action.Redeploy(action.service()), key);
            }
        });
        store("conflicts are taken for saved", store -> new OddStore(store) {
            @Override
            public SaveResult save(Change change) {
                SaveResult result = super.save(change);
                return result instanceof SaveResult.Conflict ? new SaveResult.Saved(change.incident()) : result;
            }
        });
        store("an outage is taken for saved", store -> new OddStore(store) {
            @Override
            public SaveResult save(Change change) {
                try {
                    return super.save(change);
                } catch (StoreUnavailableException _) {
                    return new SaveResult.Saved(change.incident());
                }
            }
        });
    }

    private void facts() {
        probing("tasks are believed well", _ -> new Fact.Known<>(new TaskHealth.Healthy(), Instant.EPOCH));
        probing(
                "tasks that cannot be asked are believed well",
                fact -> fact instanceof Fact.Unknown<TaskHealth>
                        ? new Fact.Known<>(new TaskHealth.Healthy(), Instant.EPOCH)
                        : fact);
        describing(
                "what runs is what is wanted",
                fact -> fact.map(state ->
                        new ServiceState(state.id(), (int) state.running(), state.tasks(), state.deployment())));
        fleet("a fleet that cannot be read is as it was", fleet -> new OddFleet(fleet) {
            private final Map<ServiceId, Fact<ServiceState>> last = new HashMap<>();

            @Override
            public Fact<ServiceState> describe(ServiceId service) {
                Fact<ServiceState> fact = super.describe(service);
                if (fact instanceof Fact.Known<ServiceState>) {
                    last.put(service, fact);
                }
                return last.getOrDefault(service, fact);
            }
        });
        fleet("the fleet is asked now and then", fleet -> new OddFleet(fleet) {
            private final Map<ServiceId, Fact<ServiceState>> last = new HashMap<>();
            private int calls;

            @Override
            public Fact<ServiceState> describe(ServiceId service) {
                if (++calls % 7 == 0 || !last.containsKey(service)) {
                    last.put(service, super.describe(service));
                }
                return last.get(service).map(state -> state);
            }
        });
        store("storms are not seen", store -> new OddStore(store) {
            @Override
            public List<Opening> openings(Instant since, int limit) {
                super.openings(since, limit);
                return List.of();
            }
        });
        store("the ledger is always empty", store -> new OddStore(store) {
            @Override
            public Ledger ledger(Instant since) {
                return new Ledger(super.ledger(since).version(), List.of());
            }
        });
        store("the ledger lacks the last claim", store -> new OddStore(store) {
            @Override
            public Ledger ledger(Instant since) {
                Ledger ledger = super.ledger(since);
                int size = ledger.actions().size();
                return new Ledger(ledger.version(), ledger.actions().subList(0, Math.max(0, size - 1)));
            }
        });
    }

    private void memory() {
        found(
                "what was tried is forgotten",
                incident -> incident.edit().tried(List.of()).done());
        found("attempts are forgotten", incident -> incident.edit().attempts(0).done());
        found(
                "temporary measures are forgotten",
                incident -> incident.edit().measures(List.of()).done());
        store("nothing is ever due", store -> new OddStore(store) {
            @Override
            public List<Incident> due(Instant now, int limit) {
                super.due(now, limit);
                return List.of();
            }
        });
        store("an incident is not found again", store -> new OddStore(store) {
            @Override
            public Optional<Incident> findOpen(ServiceId service) {
                super.findOpen(service);
                return Optional.empty();
            }
        });
    }
}
