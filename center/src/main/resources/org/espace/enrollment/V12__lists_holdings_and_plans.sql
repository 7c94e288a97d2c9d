-- What the vendor says of a location, appended as it is learned: of the rows with one natural key, the last one stands.

-- Whether the location stands on a campaign list.
create table enrollment.listing (
    id           integer     generated always as identity primary key,
    location_id  integer     not null,
    list         text        not null check (length(list) between 1 and 120),
    listed       boolean     not null,
    learned_at   timestamptz not null
);
create index listing_by_location on enrollment.listing (location_id, list, id);

-- What the location has proved or signed. Half-open; a period without a day withdraws what was said by mistake.
create table enrollment.holding (
    id           integer     generated always as identity primary key,
    location_id  integer     not null,
    kind         text        not null check (kind in ('agreement', 'competency', 'specialization', 'co-sell')),
    code         text        not null check (length(code) between 1 and 120),
    level        text        check (length(level) between 1 and 40),
    since        date        not null,
    until        date,
    learned_at   timestamptz not null,
    check (since <= until)
);
create index holding_by_location on enrollment.holding (location_id, kind, code, since, id);

-- The most that a ceiling by plan lets the location earn, in the program's currency. Half-open, as holdings are.
create table enrollment.plan (
    id           integer        generated always as identity primary key,
    location_id  integer        not null,
    program      text           not null,
    since        date           not null,
    until        date           not null,
    amount       numeric(19, 4) not null check (amount >= 0),
    learned_at   timestamptz    not null,
    check (since <= until)
);
create index plan_by_location on enrollment.plan (location_id, program, since, id);
