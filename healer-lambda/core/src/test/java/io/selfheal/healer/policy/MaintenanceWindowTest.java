package io.selfheal.healer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class MaintenanceWindowTest {

    /** When it is asked, and until when the window is then open; a dash: it is not. */
    private record Row(String name, String window, String now, String until) {}

    private static MaintenanceWindow window(String keys) {
        return PolicyFile.parse("w.yaml", """
                        version: 1
                        name: windows
                        policies: [{name: one, match: [a="b"], ladder: [escalate]}]
                        windows: [{name: w, %s}]
                        """.formatted(keys)).windows().getFirst();
    }

    private static Stream<DynamicTest> table(Row... rows) {
        return Stream.of(rows)
                .map(row -> DynamicTest.dynamicTest(row.name() + " at " + row.now(), () -> {
                    Optional<Instant> until = window(row.window()).openUntil(Instant.parse(row.now()));
                    assertThat(until.map(Instant::toString).orElse("-")).isEqualTo(row.until());
                }));
    }

    @TestFactory
    Stream<DynamicTest> givenAWindowThatIsThereOnce() {
        String once = "from: '2026-12-24T18:00:00Z', to: '2026-12-25T06:00:00Z'";
        return table(
                new Row("before", once, "2026-12-24T17:59:59.999Z", "-"),
                new Row("its start", once, "2026-12-24T18:00:00Z", "2026-12-25T06:00:00Z"),
                new Row("its last moment", once, "2026-12-25T05:59:59.999Z", "2026-12-25T06:00:00Z"),
                new Row("its end", once, "2026-12-25T06:00:00Z", "-"),
                new Row("a year later", once, "2027-12-25T00:00:00Z", "-"));
    }

    @TestFactory
    Stream<DynamicTest> givenAWindowThatComesAgain() {
        // 2026-01-03 is a Saturday.
        String everyDay = "from: '10:00', to: '11:30', zone: UTC";
        String overMidnight = "days: [sat], from: '22:00', to: '01:00', zone: UTC";
        String wholeDay = "days: [sat], from: '00:00', to: '00:00', zone: UTC";
        String dates = "dates: ['2026-12-24', '2026-12-31'], from: '20:00', to: '02:00', zone: UTC";
        return table(
                new Row("every day, before", everyDay, "2026-01-01T09:59:59Z", "-"),
                new Row("every day", everyDay, "2026-01-01T10:00:00Z", "2026-01-01T11:30:00Z"),
                new Row("every day, the next", everyDay, "2026-01-02T11:29:59Z", "2026-01-02T11:30:00Z"),
                new Row("every day, after", everyDay, "2026-01-02T11:30:00Z", "-"),
                new Row("over midnight, another day", overMidnight, "2026-01-02T23:00:00Z", "-"),
                new Row("over midnight, the evening", overMidnight, "2026-01-03T22:00:00Z", "2026-01-04T01:00:00Z"),
                new Row("over midnight, the night", overMidnight, "2026-01-04T00:59:59Z", "2026-01-04T01:00:00Z"),
                new Row("over midnight, its end", overMidnight, "2026-01-04T01:00:00Z", "-"),
                new Row("over midnight, the next evening", overMidnight, "2026-01-04T22:30:00Z", "-"),
                new Row("over midnight, the night before", overMidnight, "2026-01-03T00:30:00Z", "-"),
                new Row("a whole day, its start", wholeDay, "2026-01-03T00:00:00Z", "2026-01-04T00:00:00Z"),
                new Row("a whole day, its end", wholeDay, "2026-01-04T00:00:00Z", "-"),
                new Row("dates, the first", dates, "2026-12-24T20:00:00Z", "2026-12-25T02:00:00Z"),
                new Row("dates, into the next year", dates, "2027-01-01T01:59:59Z", "2027-01-01T02:00:00Z"),
                new Row("dates, no such", dates, "2026-12-25T21:00:00Z", "-"),
                new Row("dates, another year", dates, "2027-12-24T21:00:00Z", "-"));
    }

    @TestFactory
    Stream<DynamicTest> givenZones() {
        String berlin = "days: [mon], from: '00:30', to: '02:00', zone: Europe/Berlin";
        String tokyo = "days: [mon], from: '08:00', to: '09:00', zone: Asia/Tokyo";
        String samoa = "from: '00:00', to: '00:00', zone: Pacific/Apia";
        // 2026-01-05 is a Monday; in Berlin it begins on Sunday 23:00 UTC.
        return table(
                new Row("Berlin's Monday is UTC's Sunday", berlin, "2026-01-04T23:30:00Z", "2026-01-05T01:00:00Z"),
                new Row("Berlin, an hour later", berlin, "2026-01-05T01:30:00Z", "-"),
                new Row("Tokyo's Monday", tokyo, "2026-01-04T23:00:00Z", "2026-01-05T00:00:00Z"),
                new Row("Tokyo's Tuesday", tokyo, "2026-01-05T23:00:00Z", "-"),
                // Samoa left out 2011-12-30: the day before ended where the day after began.
                new Row("the day that Samoa skipped", samoa, "2011-12-30T09:59:59Z", "2011-12-30T10:00:00Z"),
                new Row("the day after", samoa, "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z"));
    }

    @TestFactory
    Stream<DynamicTest> givenClocksThatChange() {
        // In Berlin they went from 02:00 to 03:00 at 2026-03-29T01:00Z, and from 03:00 to 02:00 at 2026-10-25T01:00Z.
        String night = "from: '22:00', to: '06:00', zone: Europe/Berlin";
        String inTheGap = "from: '02:15', to: '02:45', zone: Europe/Berlin";
        String intoTheGap = "from: '01:30', to: '02:30', zone: Europe/Berlin";
        String outOfTheGap = "from: '02:30', to: '03:15', zone: Europe/Berlin";
        return table(
                new Row("the short night, its start", night, "2026-03-28T21:00:00Z", "2026-03-29T04:00:00Z"),
                new Row("the short night, its end", night, "2026-03-29T04:00:00Z", "-"),
                new Row("the long night", night, "2026-10-25T04:59:59Z", "2026-10-25T05:00:00Z"),
                new Row("the long night, its end", night, "2026-10-25T05:00:00Z", "-"),
                new Row("in the gap, before", inTheGap, "2026-03-29T00:59:59Z", "-"),
                new Row("in the gap", inTheGap, "2026-03-29T01:00:00Z", "2026-03-29T01:45:00Z"),
                new Row("in the gap, after", inTheGap, "2026-03-29T01:45:00Z", "-"),
                new Row("into the gap", intoTheGap, "2026-03-29T01:15:00Z", "2026-03-29T01:30:00Z"),
                new Row("out of the gap", outOfTheGap, "2026-03-29T01:10:00Z", "2026-03-29T01:15:00Z"),
                new Row(
                        "in the hour that comes twice, first",
                        inTheGap,
                        "2026-10-25T00:15:00Z",
                        "2026-10-25T01:45:00Z"),
                new Row("between its two times", inTheGap, "2026-10-25T00:50:00Z", "2026-10-25T01:45:00Z"),
                new Row(
                        "in the hour that comes twice, second",
                        inTheGap,
                        "2026-10-25T01:44:59Z",
                        "2026-10-25T01:45:00Z"),
                new Row("after both", inTheGap, "2026-10-25T01:45:00Z", "-"));
    }
}
