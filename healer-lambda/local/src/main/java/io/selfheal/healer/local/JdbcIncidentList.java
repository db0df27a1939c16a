package io.selfheal.healer.local;

import io.selfheal.healer.incident.IncidentArchive.Query;
import io.selfheal.healer.incident.IncidentArchive.Spot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The statement that reads one page of incidents, the newest first, each along an index and none further than the page. */
record JdbcIncidentList(String sql, List<Object> parameters) {

    static JdbcIncidentList of(Query query, Instant farOff) {
        StringBuilder sql = new StringBuilder("select document from healer_incident where 1 = 1");
        List<Object> parameters = new ArrayList<>();
        query.service().ifPresent(service -> {
            // With a bound, even one that bounds nothing, H2 takes the index of the openings and not one that it has to
            // sort.
            sql.append(" and cluster = ? and service = ? and opened_at <= ?");
            Instant upTo = query.after().map(Spot::openedAt).orElse(farOff);
            parameters.addAll(List.of(service.cluster(), service.service(), upTo));
        });
        query.over().ifPresent(over -> over(query, over, farOff, sql, parameters));
        query.after().ifPresent(spot -> {
            // The first bound alone lets the index begin where the page before ended.
            sql.append(" and opened_at <= ? and (opened_at < ? or id < ?)");
            parameters.addAll(List.of(spot.openedAt(), spot.openedAt(), spot.id()));
        });
        // All columns of the index: H2 then reads it backwards, and no further than the page.
        sql.append(" order by ")
                .append(query.service().isPresent() ? "cluster desc, service desc, " : "")
                .append("opened_at desc, id desc limit ?");
        parameters.add(query.limit());
        return new JdbcIncidentList(sql.toString(), parameters);
    }

    private static void over(Query query, boolean over, Instant farOff, StringBuilder sql, List<Object> parameters) {
        if (over) {
            // Nearly all are: H2 must not take them from the index of open_key and sort them.
            sql.append(" and coalesce(open_key, '') = ''");
        } else if (query.service().isPresent()) {
            // One at most, and found by its key.
            sql.append(" and open_key = ?");
            parameters.add(query.service().get());
        } else {
            // A time at which it is due has every incident that is not over, and hardly any other.
            sql.append(" and due_at < ? and open_key is not null");
            parameters.add(farOff);
        }
    }
}
