create schema audit;

-- Who did what, in the order of the commits. Each entry's hash covers all that it says and the hash of the one before, so
-- that none can be changed, left out or put in between without breaking the chain.
create table audit.entry (
    number       bigint       primary key check (number > 0),
    at           timestamptz  not null,
    done_by      text         not null,
    address      text,                    -- where the request came from; null for a command
    session      text,                    -- a digest of the session, to tell which acts belong together
    partner_id   integer,                 -- whom it was done for; null where it concerns the vendor alone
    customer_id  integer,
    action       text         not null,
    subject      text         not null,
    before       jsonb        not null,
    after        jsonb        not null,
    previous     bytea        not null unique check (length(previous) = 32),
    hash         bytea        not null unique check (length(hash) = 32)
);
create index entry_by_time on audit.entry (at);
create index entry_by_partner on audit.entry (partner_id, at);

create function audit.forbid_change() returns trigger language plpgsql as $$
begin
    raise exception 'what somebody has done is never changed';
end $$;
create trigger entries_are_append_only before update or delete or truncate on audit.entry
    for each statement execute function audit.forbid_change();

-- The last entry, for whoever is about to write the next one: others wait until that transaction ends. A partner's request
-- cannot read the entry itself when it is another partner's.
create function audit.head(out number bigint, out hash bytea)
    language plpgsql security definer set search_path = '' as $$
begin
    perform pg_advisory_xact_lock(7310594988418561537);
    select entry.number, entry.hash into number, hash from audit.entry entry order by entry.number desc limit 1;
    if number is null then
        number := 0;
        hash := decode(repeat('00', 32), 'hex');
    end if;
end $$;
