package io.selfheal.healer.simulation;

import io.selfheal.healer.control.Pause;
import io.selfheal.healer.control.Switches;
import io.selfheal.healer.engine.Settings;
import io.selfheal.healer.evidence.Evidence;
import io.selfheal.healer.evidence.EvidenceSource;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.Fleet;
import io.selfheal.healer.fleet.HealthProbe;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.fleet.ServiceState;
import io.selfheal.healer.fleet.TaskHealth;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.IncidentState;
import io.selfheal.healer.incident.IncidentStore;
import io.selfheal.healer.simulation.SimStore.Flaw;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Collects bugs by name, each by the one place in which it differs from what is right. */
final class Bugs {
    private final Map<String, Twist> all = new LinkedHashMap<>();

    Map<String, Twist> all() {
        return all;
    }

    private void put(String name, Twist twist) {
        if (all.put(name, twist) != null) {
            throw new IllegalArgumentException("two mutants are called '" + name + "'");
        }
    }

    void policy(String name, String regex, String instead) {
        put(name, new Twist() {
            @Override
            public String policies(String yaml) {
                return yaml.replaceAll(regex, instead);
            }
        });
    }

    void fleet(String name, Function<Fleet, Fleet> change) {
        put(name, new Twist() {
            @Override
            public Fleet fleet(Fleet fleet) {
                return change.apply(fleet);
            }
        });
    }

    void describing(String name, UnaryOperator<Fact<ServiceState>> change) {
        fleet(name, fleet -> new OddFleet(fleet) {
            @Override
            public Fact<ServiceState> describe(ServiceId service) {
                return change.apply(super.describe(service));
            }
        });
    }

    void probing(String name, UnaryOperator<Fact<TaskHealth>> change) {
        put(name, new Twist() {
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

    void settings(String name, UnaryOperator<Settings> change) {
        put(name, new Twist() {
            @Override
            public Settings settings(Settings settings) {
                return change.apply(settings);
            }
        });
    }

    void evidence(String name, UnaryOperator<Evidence> change) {
        put(name, new Twist() {
            @Override
            public EvidenceSource evidence(EvidenceSource evidence) {
                return service -> change.apply(evidence.gather(service));
            }
        });
    }

    void switches(String name, UnaryOperator<Fact<List<Pause>>> change) {
        put(name, new Twist() {
            @Override
            public Switches switches(Switches switches) {
                return new OddSwitches(switches, change);
            }
        });
    }

    void store(String name, Function<IncidentStore, IncidentStore> change) {
        put(name, new Twist() {
            @Override
            public IncidentStore store(IncidentStore store) {
                return change.apply(store);
            }
        });
    }

    void found(String name, UnaryOperator<Incident> change) {
        store(name, store -> new OddStore(store) {
            @Override
            public Optional<Incident> findOpen(ServiceId service) {
                return super.findOpen(service).map(change);
            }
        });
    }

    void flaw(String name, Flaw flaw) {
        put(name, new Twist() {
            @Override
            public Set<Flaw> flaws() {
                return Set.of(flaw);
            }
        });
    }

    void skew(String name, long millis) {
        put(name, new Twist() {
            @Override
            public long skewMillis(int healer, long skewMillis) {
                return healer == 1 ? millis : skewMillis;
            }
        });
    }

    /** The incident in another state, without asking whether the table knows the way. */
    static Incident in(IncidentState state, Incident incident) {
        return new Incident(
                incident.id(),
                incident.version(),
                incident.history(),
                incident.service(),
                state,
                incident.attempts(),
                incident.strikes(),
                incident.tried(),
                incident.alerts(),
                incident.measures(),
                incident.held(),
                incident.detectedAt(),
                incident.actedAt(),
                incident.healedAt(),
                incident.updatedAt(),
                incident.dueAt(),
                incident.asked());
    }
}
