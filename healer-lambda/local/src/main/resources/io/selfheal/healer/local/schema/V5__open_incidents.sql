-- Each claim asks which incidents are open; this index answers that by itself, without a row of each.
drop index healer_incident_due;
create index healer_incident_due on healer_incident (due_at, opened_at, id, cluster, service);
