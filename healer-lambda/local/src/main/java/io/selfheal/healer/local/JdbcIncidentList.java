package io.selfheal.healer.local;

import io.selfheal.healer.incident.IncidentArchive.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The statement that reads one page of incidents, the newest first, each along an index and none further than the page. */
record JdbcIncidentList(String sql, List<Object> parameters) {

    static JdbcIncidentList of(Query query, Instant farOff) {
        StringBuilder sql = new StringBuilder("select document from healer_incident where 1 = 1");
        List<Object> parameters = new ArrayList<>();
        query.service().ifPresent(service -> {
            sql.append(" and cluster = ? and service = ?");
            parameters.addAll(List.of(service.cluster(), service.service()));
        });
        query.over().ifPresent(over -> {
            if (over) {
                sql.append(" and open_key is null");
            } else {
                // A time at which it is due has every incident that is not over, and hardly any other.
                sql.append(" and due_at < ? and open_key is not null");
                parameters.add(farOff);
            }
        });
        query.after().ifPresent(spot -> {
            // The first bound alone lets the index begin where the page before ended.
            sql.append(" and opened_at <= ? and (opened_at < ? or id < ?)");
            parameters.addAll(List.of(spot.openedAt(), spot.openedAt(), spot.id()));
        });
        sql.append(" order by opened_at desc, id desc limit ?");
        parameters.add(query.limit());
        return new JdbcIncidentList(sql.toString(), parameters);
    }
}
