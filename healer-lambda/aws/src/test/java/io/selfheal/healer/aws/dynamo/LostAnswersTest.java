package io.selfheal.healer.aws.dynamo;

import static io.selfheal.healer.testkit.Fixtures.T0;
import static io.selfheal.healer.testkit.Fixtures.claiming;
import static io.selfheal.healer.testkit.Fixtures.incident;
import static io.selfheal.healer.testkit.Fixtures.resolved;
import static io.selfheal.healer.testkit.Fixtures.saving;
import static io.selfheal.healer.testkit.Fixtures.service;
import static io.selfheal.healer.testkit.Fixtures.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.healer.audit.HistoryAudit;
import io.selfheal.healer.control.StormLatch.Rearming;
import io.selfheal.healer.control.StormLatch.Storm;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.SaveResult;
import io.selfheal.healer.incident.StoreUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A write is carried out and its answer is lost: it must not be taken for somebody else's, and must not be done twice. */
class LostAnswersTest {
    private static final ServiceId ORDER = service("order");
    private static final int ALL = Integer.MAX_VALUE;

    private final LossyProxy proxy = new LossyProxy(LocalDynamo.endpoint());
    private final DynamoSettings settings = LocalDynamo.fresh();
    private final DynamoTable direct = DynamoTable.open(settings);
    private final DynamoTable lossy = DynamoTable.open(settings.at(proxy.address(), "us-east-1"));
    private final DynamoIncidentStore store = new DynamoIncidentStore(lossy);
    private final DynamoIncidentStore truth = new DynamoIncidentStore(direct);

    @AfterEach
    void close() {
        lossy.close();
        direct.close();
        proxy.close();
    }

    private static Incident saved(SaveResult result) {
        if (result instanceof SaveResult.Saved(Incident incident)) {
            return incident;
        }
        throw new AssertionError(result.toString());
    }

    private void assertClaimedOnce(Incident claimed) {
        assertThat(truth.findOpen(ORDER)).contains(claimed);
        assertThat(truth.ledger(T0).version()).isEqualTo(1);
        assertThat(truth.ledger(T0).actions()).hasSize(1);
        assertThat(truth.history(claimed.id())).hasSize(1);
        assertThat(HistoryAudit.of(new DynamoStoredHistory(direct)).findings()).isEmpty();
    }

    @Test
    void whenTheAnswerToAClaimIsLost_thenTheRepeatedRequestIsCarriedOutOnce_andSaved() {
        Incident open = saved(store.save(saving(incident("a", ORDER, T0))));
        proxy.lose(1, "TransactWriteItems");

        Incident claimed = saved(store.save(claiming(open, task(1), T0, 0)));

        assertThat(proxy.lost()).isEqualTo(2);
        assertClaimedOnce(claimed);
    }

    @Test
    void whenDynamoForgotTheToken_thenTheWriterInTheItemTellsThatTheSaveIsOurs() {
        Incident open = saved(store.save(saving(incident("a", ORDER, T0))));
        proxy.forgetTokens();
        proxy.lose(1, "TransactWriteItems");

        assertClaimedOnce(saved(store.save(claiming(open, task(1), T0, 0))));
    }

    @Test
    void whenNoAnswerToTheSaveEverComes_thenTheItemIsReadAndTellsThatItIsStored() {
        proxy.lose(ALL, "TransactWriteItems");

        Incident opened = saved(store.save(saving(incident("a", ORDER, T0))));

        assertThat(truth.findOpen(ORDER)).contains(opened);
    }

    @Test
    void whenNothingIsAnsweredAnyMore_thenTheStoreIsUnavailable_andTheNextLookShowsWhatIsStored() {
        Incident open = saved(store.save(saving(incident("a", ORDER, T0))));
        Change end = saving(resolved(open, T0.plusSeconds(5)));
        proxy.lose(ALL);

        assertThatThrownBy(() -> store.save(end)).isInstanceOf(StoreUnavailableException.class);

        proxy.lose(0);
        assertThat(store.findOpen(ORDER)).isEmpty();
        assertThat(store.save(end)).isInstanceOf(SaveResult.Conflict.class);
    }

    @Test
    void whenSomebodyElseWroteInTheMeantime_thenThatIsNotTakenForOurs() {
        Incident open = saved(store.save(saving(incident("a", ORDER, T0))));
        saved(truth.save(saving(open.edit().strikes(1).done())));
        proxy.lose(1, "TransactWriteItems");

        assertThat(store.save(saving(open.edit().strikes(2).done()))).isInstanceOf(SaveResult.Conflict.class);
    }

    @Test
    void whenTheAnswerToAStormIsLost_thenItsSeerIsStillTheOneWhoTripped() {
        DynamoStorms storms = new DynamoStorms(lossy);
        proxy.lose(1, "PutItem");
        assertThat(storms.trip(new Storm(T0, "3 services fell ill"))).isTrue();
        proxy.lose(ALL, "PutItem");
        assertThat(storms.rearm(new Rearming(T0, "replaced", "ann"))).isTrue();
        proxy.lose(0);
        assertThat(storms.rearm(new Rearming(T0, "again", "bob"))).isFalse();
        assertThat(new DynamoStorms(direct).trip(new Storm(T0.plusSeconds(1), "again")))
                .isTrue();
        assertThat(storms.trip(new Storm(T0.plusSeconds(2), "mine?"))).isFalse();
    }
}
