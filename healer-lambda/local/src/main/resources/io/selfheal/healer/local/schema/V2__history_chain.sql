-- What makes the history prove itself: docs/decisions/0006. Rows from before have no hash, and new ones cannot be written
-- without: an older healer that still runs on this database is refused.
alter table healer_incident add column ordinal bigint;
alter table healer_incident add column previous_seal varchar(64) default '' not null;
alter table healer_incident add column seal varchar(64) default '' not null;
alter table healer_incident alter column previous_seal drop default;
alter table healer_incident alter column seal drop default;
-- The first of the tests for the one incident that may follow another; null for those from before.
alter table healer_incident add constraint healer_incident_ordinal unique (cluster, service, ordinal);

alter table healer_history add column position bigint default 0 not null;
alter table healer_history add column hash varchar(64) default '' not null;
alter table healer_history alter column position drop default;
alter table healer_history alter column hash drop default;
create index healer_history_at on healer_history (at, seq);

-- How many incidents of each service were opened since chains are kept: without it the last one could go unnoticed.
create table healer_service (
    cluster varchar(255) not null,
    service varchar(255) not null,
    incidents bigint not null,
    primary key (cluster, service)
);

-- One row: the last row of healer_history that may be without a hash.
create table healer_chain (
    id integer primary key,
    unchained_up_to bigint not null
);
insert into healer_chain (id, unchained_up_to) select 1, coalesce(max(seq), 0) from healer_history;
