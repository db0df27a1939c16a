package io.selfheal.healer.simulation;

import io.selfheal.healer.fleet.Action;
import io.selfheal.healer.fleet.Outcome;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.IncidentState.Acting;
import io.selfheal.healer.incident.SaveResult;
import io.selfheal.healer.incident.StoreUnavailableException;
import io.selfheal.healer.simulation.SimStore.Flaw;
import java.time.Instant;

/** Bugs of claiming, fencing and carrying out. */
final class ClaimMutants {
    private static final String SOON = "PT0.001S";

    private ClaimMutants() {}

    static void into(Bugs bugs) {
        bugs.flaw("the unfenced twin", Flaw.IGNORES_THE_VERSION);
        bugs.flaw("claims are not in the ledger", Flaw.FORGETS_CLAIMS_IN_THE_LEDGER);
        bugs.flaw("a claim is not saved", Flaw.SAYS_SAVED_AND_SAVES_NO_CLAIM);
        bugs.policy("no lease", "lease: PT15S", "lease: " + SOON);
        bugs.policy("an endless lease", "lease: PT15S", "lease: PT1H");
        bugs.skew("a clock ahead by more than a lease", 60_000);
        bugs.skew("a clock behind by more than a lease", -60_000);
        bugs.fleet("the adapter tries twice", fleet -> new OddFleet(fleet) {
            @Override
            public Outcome apply(Action action, String key) {
                super.apply(action, key);
                return super.apply(action, key);
            }
        });
        bugs.fleet("another action than the one claimed", fleet -> new OddFleet(fleet) {
            @Override
            public Outcome apply(Action action, String key) {
                return super.apply(new Action.Redeploy(action.service()), key);
            }
        });
        bugs.store("conflicts are taken for saved", store -> new OddStore(store) {
            @Override
            public SaveResult save(Change change) {
                SaveResult result = super.save(change);
                return result instanceof SaveResult.Conflict ? new SaveResult.Saved(change.incident()) : result;
            }
        });
        bugs.store("an outage is taken for saved", store -> new OddStore(store) {
            @Override
            public SaveResult save(Change change) {
                try {
                    return super.save(change);
                } catch (StoreUnavailableException _) {
                    return new SaveResult.Saved(change.incident());
                }
            }
        });
        bugs.flaw("the ledger's version is not compared", Flaw.IGNORES_THE_VERSION_OF_THE_LEDGER);
        bugs.flaw("a service may have two stories", Flaw.OPENS_A_SECOND_STORY);
        bugs.fleet("a scale-back that is not done", fleet -> new OddFleet(fleet) {
            @Override
            public Outcome apply(Action action, String key) {
                return action instanceof Action.ScaleBack ? new Outcome.Accepted("") : super.apply(action, key);
            }
        });
        bugs.found(
                "a lease that is read is over",
                incident -> incident.state() instanceof Acting acting
                        ? Bugs.in(new Acting(acting.action(), acting.attempt(), Instant.EPOCH), incident)
                        : incident);
    }
}
