-- What a draft would change in who may join, worked out behind the page that has asked, and kept.
create table eligibility.impact (
    id         integer     generated always as identity primary key,
    program    text        not null,
    version    text        not null,
    text       text        not null,   -- the draft
    day        date        not null,   -- who may join is looked at as of this day
    standing   text,                   -- the version that it was compared with; null while unknown, and where there is none
    asked_at   timestamptz not null,
    asked_by   text        not null,
    done       integer     not null default 0,
    total      integer     not null default 0,   -- partners; 0 while unknown
    began_at   timestamptz,            -- when the first of them was looked at
    heard_at   timestamptz,
    outcome    text        check (outcome in ('done', 'cancelled', 'failed')),
    ended_at   timestamptz,
    ended_by   text,                   -- who has cancelled it
    check ((outcome is null) = (ended_at is null)),
    check (coalesce(outcome = 'cancelled', false) = (ended_by is not null))
);
create index impact_by_program on eligibility.impact (program, id);
-- One at a time; what a killed process leaves is begun again by the next one that looks.
create unique index impact_at_work on eligibility.impact ((true)) where ended_at is null;

-- How many locations have which verdict before and after; null before is a program's first version.
create table eligibility.impact_count (
    impact_id  integer not null references eligibility.impact,
    before     text    check (before in ('eligible', 'not-eligible', 'not-yet-known')),
    after      text    not null check (after in ('eligible', 'not-eligible', 'not-yet-known')),
    locations  integer not null,
    unique nulls not distinct (impact_id, before, after)
);

-- A location whose verdict would be another, and the conditions of the draft that it does not meet.
create table eligibility.impact_move (
    impact_id    integer   not null references eligibility.impact,
    location_id  integer   not null,
    before       text      check (before in ('eligible', 'not-eligible', 'not-yet-known')),
    after        text      not null check (after in ('eligible', 'not-eligible', 'not-yet-known')),
    missing      integer[] not null,   -- eligibility.condition
    primary key (impact_id, location_id)
);

create table eligibility.impact_condition (
    impact_id      integer  not null references eligibility.impact,
    place          smallint not null,   -- in the draft
    condition_id   integer  not null references eligibility.condition,
    met            integer  not null,
    not_met        integer  not null,
    not_yet_known  integer  not null,
    alone          integer  not null,
    primary key (impact_id, place)
);
