-- A number that somebody brings about a location: a condition may ask for it without code. Of those with one location, code
-- and day, the last one stands; from that day on it holds until a later day has another.
create table eligibility.measure (
    id           bigint      generated always as identity primary key,
    location_id  integer     not null,
    code         text        not null check (code ~ '^[a-z][a-z0-9-]{1,59}$'),
    day          date        not null,
    value        numeric     not null,
    learned_at   timestamptz not null,
    learned_by   text        not null
);
create index measure_by_location on eligibility.measure (location_id, code, day, id);
call web.rows_of_partner('eligibility.measure',
    'location_id in (select location.id from partners.location where location.partner_id = web.partner())', 'select');
