package io.selfheal.healer.decide;

import static io.selfheal.healer.decide.DecisionCase.given;
import static io.selfheal.healer.decide.DecisionRow.table;

import io.selfheal.healer.incident.Reason;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What other services say of this one: a storm, a sick callee. */
class OthersIllTest {
    @TestFactory
    Stream<DynamicTest> whatElseIsSick() {
        return table(
                new DecisionRow(
                        "one other service fell ill",
                        given().alertOn(1).otherIncident("user", 620).otherIncident("user", 610),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "three others fell ill after this one, and the hold lasts",
                        given().alertOn(1)
                                .otherIncident("user", 340)
                                .otherIncident("product", 330)
                                .otherIncident("cart", 299),
                        Decision.Suppress.class,
                        Reason.STORM),
                new DecisionRow(
                        "the hold is over",
                        given().alertOn(1)
                                .otherIncident("user", 340)
                                .otherIncident("product", 330)
                                .otherIncident("cart", 300),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "a storm that a person ends, long after its hold",
                        given().rearmedByHumans().alertOn(1).stormStandsSince(9999),
                        Decision.Suppress.class,
                        Reason.STORM),
                new DecisionRow(
                        "a storm that a person ends, and it cannot be read whether one stands",
                        given().rearmedByHumans().alertOn(1).latchUnknown(),
                        Decision.Suppress.class,
                        Reason.FACTS_UNKNOWN),
                new DecisionRow(
                        "where storms end by themselves, nobody asks for one that stands",
                        given().alertOn(1).latchUnknown(),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "a storm that a person ends, just seen",
                        given().rearmedByHumans()
                                .alertOn(1)
                                .otherIncident("user", 340)
                                .otherIncident("product", 330)
                                .otherIncident("cart", 299),
                        Decision.Suppress.class,
                        Reason.STORM),
                new DecisionRow(
                        "a person re-armed after they fell ill",
                        given().rearmedByHumans()
                                .alertOn(1)
                                .otherIncident("user", 340)
                                .otherIncident("product", 330)
                                .otherIncident("cart", 299)
                                .rearmedAgo(298),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "a person re-armed, and then three more fell ill",
                        given().rearmedByHumans()
                                .alertOn(1)
                                .otherIncident("user", 40)
                                .otherIncident("product", 30)
                                .otherIncident("cart", 20)
                                .rearmedAgo(41),
                        Decision.Suppress.class,
                        Reason.STORM),
                new DecisionRow(
                        "a service that it calls is sick",
                        given().calls("product").alertOn(1).otherIncident("product", 400),
                        Decision.Suppress.class,
                        Reason.CALLEE_SICK),
                new DecisionRow(
                        "a service that it calls was sick a moment ago, when the alert began",
                        given().calls("product").alertOn(1).begunAgo(20).pastIncident("product", 19),
                        Decision.Suppress.class,
                        Reason.CALLEE_SICK),
                new DecisionRow(
                        "a service that it calls was sick when the alert began, and that is over for long",
                        given().calls("product").alertOn(1).begunAgo(21).pastIncident("product", 20),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "a service that it calls was well again before the alert began",
                        given().calls("product").alertOn(1).begunAgo(18).pastIncident("product", 19),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "a service that it does not call is sick",
                        given().calls("product").alertOn(1).otherIncident("user", 400),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "a service that it calls is sick, but this one task is sick by the probe's word",
                        given().calls("product").alertOn(1).sick(1).otherIncident("product", 400),
                        Decision.Act.class,
                        Reason.SICK_TASK),
                new DecisionRow(
                        "a service that it calls is sick for longer than the patience",
                        given().calls("product")
                                .alertOn(1)
                                .otherIncident("product", 400)
                                .held(Reason.CALLEE_SICK, 120),
                        Decision.Escalate.class,
                        Reason.CALLEE_SICK),
                new DecisionRow(
                        "other incidents cannot be read",
                        given().alertOn(1).openingsUnknown(),
                        Decision.Suppress.class,
                        Reason.FACTS_UNKNOWN));
    }
}
