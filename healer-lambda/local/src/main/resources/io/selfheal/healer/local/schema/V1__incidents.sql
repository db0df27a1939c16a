-- The same SQL runs on PostgreSQL and on H2 in PostgreSQL mode. Documents are JSON as the core writes it; the columns beside
-- them are what is searched for. Times are in microseconds, both databases' grain.

create table healer_incident (
    id varchar(64) primary key,
    cluster varchar(255) not null,
    service varchar(255) not null,
    -- cluster/service while the incident is not over, then null: unique, so that a service has one open incident at most
    open_key varchar(511),
    version bigint not null,
    state varchar(32) not null,
    due_at timestamp(6) with time zone,
    opened_at timestamp(6) with time zone not null,
    updated_at timestamp(6) with time zone not null,
    document text not null,
    constraint healer_incident_one_open unique (open_key)
);

create index healer_incident_due on healer_incident (due_at);
create index healer_incident_newest on healer_incident (opened_at, id);
create index healer_incident_of_service on healer_incident (cluster, service, opened_at, id);

-- Append-only.
create table healer_history (
    seq bigint generated always as identity primary key,
    incident_id varchar(64) not null references healer_incident (id),
    at timestamp(6) with time zone not null,
    event varchar(32) not null,
    reason varchar(64) not null,
    entry text not null
);

create index healer_history_of_incident on healer_history (incident_id, seq);

-- Each claimed action, for budgets and cooldowns.
create table healer_action (
    incident_id varchar(64) not null,
    attempt integer not null,
    cluster varchar(255) not null,
    service varchar(255) not null,
    task varchar(255),
    kind varchar(32) not null,
    at timestamp(6) with time zone not null,
    primary key (incident_id, attempt)
);

create index healer_action_at on healer_action (at);

-- One row: a claim counts it up only from the version that it was decided on.
create table healer_ledger (
    id integer primary key,
    version bigint not null
);

insert into healer_ledger (id, version) values (1, 0);

create table healer_pause (
    -- cluster/service, or * for everywhere
    scope varchar(511) primary key,
    reason text not null,
    owner text not null,
    since timestamp(6) with time zone not null,
    until timestamp(6) with time zone not null
);
