-- Who may join, and why not. Rows are only added: of those with one natural key the last one stands, and what was known on
-- an earlier day is what had been answered by then.

-- What a location must meet, as terms write it canonically: asked once, however many programs ask it.
create table eligibility.condition (
    id    integer generated always as identity primary key,
    text  text    not null unique
);

-- How a location stands to a condition, whenever that changes. Evidence is what was so when the answer changed.
create table eligibility.answer (
    id            bigint      generated always as identity primary key,
    location_id   integer     not null,
    condition_id  integer     not null references eligibility.condition,
    state         text        not null check (state in ('met', 'not-met', 'not-yet-known')),
    reason        text        not null check (reason ~ '^[a-z][a-z-]{1,39}$'),
    evidence      jsonb       not null,
    since         date,                    -- null: it has never been otherwise
    once_met      date,                    -- the first day on which it was met
    day           date        not null,    -- the day that was asked about
    answered_at   timestamptz not null
);
create index answer_by_location on eligibility.answer (location_id, condition_id, id);

-- What follows from the answers for a program. Without a verdict the program has no terms for the location any more.
create table eligibility.verdict (
    id           bigint      generated always as identity primary key,
    location_id  integer     not null,
    program      text        not null,
    version      text        not null,
    verdict      text        check (verdict in ('eligible', 'not-eligible', 'not-yet-known')),
    since        date        not null,
    may_stay     boolean     not null,
    day          date        not null,
    answered_at  timestamptz not null
);
create index verdict_by_location on eligibility.verdict (location_id, program, id);

-- Locations of which something was learned that has not been looked at; all of them, where none is named.
create table eligibility.touched (
    id           bigint  generated always as identity primary key,
    location_id  integer
);

-- When everything, or what was touched, was looked at.
create table eligibility.evaluation (
    id           integer     generated always as identity primary key,
    day          date        not null,
    locations    integer     not null,
    answers      integer     not null,
    verdicts     integer     not null,
    began_at     timestamptz not null,
    ended_at     timestamptz not null
);

call web.read_by_partners('eligibility.condition');
do $$
declare
    at_own_location text :=
        'location_id in (select location.id from partners.location where location.partner_id = web.partner())';
begin
    call web.rows_of_partner('eligibility.answer', at_own_location, 'select');
    call web.rows_of_partner('eligibility.verdict', at_own_location, 'select');
    call web.rows_of_partner('eligibility.touched', at_own_location, 'select, insert');
end $$;
