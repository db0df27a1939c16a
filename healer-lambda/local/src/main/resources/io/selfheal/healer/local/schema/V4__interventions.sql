-- What people told the healer, with who and why: append-only.
create table healer_intervention (
    seq bigint generated always as identity primary key,
    at timestamp(6) with time zone not null,
    kind varchar(32) not null,
    -- cluster/service, or * for everything
    scope varchar(511) not null,
    owner text not null,
    reason text not null,
    detail text not null
);

create index healer_intervention_at on healer_intervention (at, seq);
