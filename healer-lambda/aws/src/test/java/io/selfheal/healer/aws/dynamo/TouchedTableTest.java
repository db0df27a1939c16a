package io.selfheal.healer.aws.dynamo;

import static io.selfheal.healer.testkit.Fixtures.T0;
import static io.selfheal.healer.testkit.Fixtures.claiming;
import static io.selfheal.healer.testkit.Fixtures.entry;
import static io.selfheal.healer.testkit.Fixtures.incident;
import static io.selfheal.healer.testkit.Fixtures.resolved;
import static io.selfheal.healer.testkit.Fixtures.saving;
import static io.selfheal.healer.testkit.Fixtures.service;
import static io.selfheal.healer.testkit.Fixtures.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.healer.audit.HistoryAudit;
import io.selfheal.healer.control.Pause;
import io.selfheal.healer.fact.Fact;
import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.Change;
import io.selfheal.healer.incident.HistoryEntry;
import io.selfheal.healer.incident.Incident;
import io.selfheal.healer.incident.Reason;
import io.selfheal.healer.incident.SaveResult;
import io.selfheal.healer.incident.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items that somebody changed or took away, that DynamoDB expired early or late, and an index that lags behind. */
class TouchedTableTest {
    private static final ServiceId ORDER = service("order");

    private final DynamoTable table = DynamoTable.open(LocalDynamo.fresh());
    private final DynamoIncidentStore store = new DynamoIncidentStore(table);

    @AfterEach
    void close() {
        table.close();
    }

    private Incident saved(Change change) {
        if (store.save(change) instanceof SaveResult.Saved(Incident incident)) {
            return incident;
        }
        throw new AssertionError("not saved: " + change);
    }

    private void set(ItemKey key, String name, String value) {
        table.client().updateItem(update -> update.tableName(table.name())
                .key(DynamoTable.primary(key))
                .updateExpression("SET #n = :v")
                .expressionAttributeNames(Map.of("#n", name))
                .expressionAttributeValues(Map.of(":v", AttributeValue.fromS(value))));
    }

    private void delete(ItemKey key) {
        table.client().deleteItem(delete -> delete.tableName(table.name()).key(DynamoTable.primary(key)));
    }

    private List<String> findings() {
        return HistoryAudit.of(new DynamoStoredHistory(table)).findings().stream()
                .map(Object::toString)
                .toList();
    }

    /** Two incidents of one service, the first over, with three entries. */
    private Incident story() {
        Incident a = incident("a", ORDER, T0);
        HistoryEntry said = entry(a, HistoryEntry.Event.SIGNAL, Reason.ALERT_FIRING, T0);
        Incident first = saved(saving(a, said, said, said));
        saved(saving(resolved(first, T0.plusSeconds(5))));
        saved(saving(incident("b", ORDER, T0.plusSeconds(9))));
        assertThat(findings()).isEmpty();
        return first;
    }

    @Test
    void whenAnEntryIsChangedOrTakenAway_orAnAttributeBesideIt_thenTheAuditNamesIt() {
        Incident first = story();
        set(Keys.entry(first.id(), 2), "reason", "RECOVERED");
        assertThat(findings()).singleElement().asString().contains("reason");

        delete(Keys.entry(first.id(), 2));
        assertThat(findings()).singleElement().asString().contains("2");
    }

    @Test
    void whenAnIncidentIsChangedOrTakenAway_thenTheAuditNamesIt() {
        Incident first = story();
        set(Keys.incident(first.id()), "phase", "OPEN");
        assertThat(findings()).singleElement().asString().contains("phase");

        delete(Keys.incident(first.id()));
        assertThat(findings()).anySatisfy(finding -> assertThat(finding).contains("missing"));
    }

    @Test
    void whenTheLastIncidentIsTakenAway_thenTheCountTells() {
        story();
        delete(Keys.incident(new io.selfheal.healer.incident.IncidentId("b")));

        assertThat(findings()).singleElement().asString().contains("the last, are missing");
    }

    @Test
    void whenTheIndexStillHoldsAnIncidentThatIsOver_thenItIsNotDue() {
        Incident first = story();
        set(Keys.incident(first.id()), Keys.AT, Keys.time(T0));
        set(Keys.incident(first.id()), Keys.LINE, Keys.due(ORDER));

        assertThat(store.due(T0.plusSeconds(60), 10))
                .extracting(incident -> incident.id().value())
                .containsExactly("b");
    }

    @Test
    void whenTheIndexStillHoldsAnEarlierDueTime_thenTheIncidentIsNotDueYet() {
        Incident later = saved(
                saving(incident("a", ORDER, T0).edit().dueAt(T0.plusSeconds(60)).done()));
        set(Keys.incident(later.id()), Keys.AT, Keys.time(T0));

        assertThat(store.due(T0.plusSeconds(30), 10)).isEmpty();
        assertThat(store.due(T0.plusSeconds(60), 10)).containsExactly(later);
    }

    @Test
    void whenTheIndexDoesNotHoldAnIncidentYet_thenItsServiceIsStillKnownToHaveOne() {
        Incident open = saved(saving(incident("a", ORDER, T0)));
        set(Keys.incident(open.id()), Keys.LINE, "elsewhere");

        assertThat(store.due(T0, 10)).isEmpty();
        assertThat(store.findOpen(ORDER)).contains(open);
        assertThat(store.openings(T0, 10)).hasSize(1);
    }

    @Test
    void whenAnActionIsMissingFromTheLedger_thenNobodyCanReckonBudgets_untilTheWindowHasPassed() {
        Incident a = saved(saving(incident("a", ORDER, T0)));
        Incident b = saved(saving(incident("b", service("user"), T0)));
        saved(claiming(a, task(1), T0, 0));
        saved(claiming(b, task(2), T0.plusSeconds(60), 1));
        delete(Keys.action(1));

        assertThatThrownBy(() -> store.ledger(T0))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("action 1 is missing");
        assertThat(store.ledger(T0.plus(Duration.ofHours(1))).version()).isEqualTo(2);
    }

    @Test
    void whenAnEndedPauseIsStillThere_orWasCleanedUp_thenItIsNotInForceEitherWay() {
        DynamoSwitches switches = new DynamoSwitches(table);
        Pause pause = new Pause(Optional.of(ORDER), "migration", "ann", T0, T0.plusSeconds(30));
        switches.pause(pause);
        Fact<List<Pause>> none = new Fact.Known<>(List.of(), T0.plusSeconds(30));

        assertThat(switches.active(T0.plusSeconds(30))).isEqualTo(none);
        delete(new ItemKey(Keys.PAUSES, ORDER.toString()));
        assertThat(switches.active(T0.plusSeconds(30))).isEqualTo(none);
        switches.pause(pause);
        assertThat(table.get("test", new ItemKey(Keys.PAUSES, ORDER.toString())).map(item -> item.number(Keys.EXPIRES)))
                .hasValueSatisfying(expires ->
                        assertThat(expires).isGreaterThan(T0.plusSeconds(30).getEpochSecond()));
    }
}
