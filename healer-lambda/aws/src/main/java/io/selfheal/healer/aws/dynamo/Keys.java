package io.selfheal.healer.aws.dynamo;

import io.selfheal.healer.fleet.ServiceId;
import io.selfheal.healer.incident.IncidentId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where everything lies in the one table. The key of what has to be unique <em>is</em> its uniqueness; nothing that is
 * decided on is read from the index.
 *
 * <pre>
 * pk                    sk                     what
 * incident#ID           incident               an incident: document, version, seal; writer: whose save it was
 * incident#ID           entry#POSITION         one line of its history, with its hash
 * service#CLUSTER/NAME  service                how many incidents it had, which one is open (openId), the newest ones' times
 * openings#SHARD        open#TIME#ID           an incident that is not over
 * openings#SHARD        ended#TIME#ID          the same when it is over; one range holds those since a time and all open ones
 * ledger                head                   the ledger's version: how many actions were ever claimed
 * ledger                action#NUMBER          the action that made the version this number
 * pauses                CLUSTER/NAME or *      a pause
 * interventions         TIME#TOKEN             what a person told the healer
 * storm                 storm                  the newest storm: it stands, or how it was ended
 * wake-up               wake-up                when the next wake-up comes that was asked for
 *
 * Index timelines (line, at), sparse, eventually consistent: it tells what to read, never what is.
 * due#SHARD             TIME                   incidents that are not over, by when they are due
 * signals#SHARD         TIME#ID#POSITION       entries about signals
 * opened#CLUSTER/NAME   TIME#ID                a service's incidents
 * </pre>
 */
final class Keys {
    static final String PK = "pk";
    static final String SK = "sk";
    static final String INDEX = "timelines";
    static final String LINE = "line";
    static final String AT = "at";
    /** Seconds since 1970; DynamoDB deletes the item some time after. Nothing is decided by whether it did. */
    static final String EXPIRES = "expires";

    /** Into so many parts is split what all services write to; a part takes 1000 writes a second. */
    static final int SHARDS = 4;

    static final ItemKey LEDGER_HEAD = new ItemKey("ledger", "head");
    static final ItemKey STORM = new ItemKey("storm", "storm");
    static final ItemKey WAKE_UP = new ItemKey("wake-up", "wake-up");
    static final String PAUSES = "pauses";
    static final String INTERVENTIONS = "interventions";
    static final String EVERYWHERE = "*";
    static final String ENTRY = "entry#";
    static final String OPEN = "open#";
    static final String ENDED = "ended#";
    static final String ACTION = "action#";
    /** Behind everything that begins like the text before it. */
    static final String END = "~";

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    /** Of one length, so that texts sort as times do. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

    private Keys() {}

    static ItemKey incident(IncidentId id) {
        return new ItemKey("incident#" + id, "incident");
    }

    static ItemKey entry(IncidentId id, long position) {
        return new ItemKey("incident#" + id, ENTRY + number(position));
    }

    static ItemKey service(ServiceId service) {
        return new ItemKey("service#" + service, "service");
    }

    static ItemKey opening(ServiceId service, String state, Instant openedAt, IncidentId id) {
        return new ItemKey("openings#" + shard(service), state + time(openedAt) + "#" + id);
    }

    static ItemKey action(long number) {
        return new ItemKey(LEDGER_HEAD.pk(), ACTION + number(number));
    }

    static String due(ServiceId service) {
        return "due#" + shard(service);
    }

    static String signals(ServiceId service) {
        return "signals#" + shard(service);
    }

    static String opened(ServiceId service) {
        return "opened#" + service;
    }

    /** The partitions of that kind, of all services. */
    static List<String> all(String kind) {
        return IntStream.range(0, SHARDS).mapToObj(shard -> kind + shard).toList();
    }

    static String number(long number) {
        return "%012d".formatted(number);
    }

    static String time(Instant time) {
        Instant within = time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
        return TIME.format(within);
    }

    /** When DynamoDB may clean up what is of no more use after that time. */
    static long expires(Instant time, int days) {
        return time.plus(days, ChronoUnit.DAYS).getEpochSecond();
    }

    private static int shard(ServiceId service) {
        // The hash of a text is defined by Java, so it is the same in every healer.
        return Math.floorMod(service.toString().hashCode(), SHARDS);
    }
}
