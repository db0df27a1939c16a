-- Storms that a person has to end, and who ended them: append-only but for that.
create table healer_storm (
    seq bigint generated always as identity primary key,
    -- 'open' until somebody re-arms, then null: unique, so that one stands at most
    open_key varchar(8),
    since timestamp(6) with time zone not null,
    what text not null,
    rearmed_at timestamp(6) with time zone,
    rearm_reason text,
    rearm_owner text,
    constraint healer_storm_one_open unique (open_key)
);
