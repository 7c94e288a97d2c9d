-- What has happened between a location and a program: invited, accepted, enrolled, ended. Only added to; of the rows of one
-- location and program, the last one that says where they stand does so.
create table enrollment.step (
    id           bigint      generated always as identity primary key,
    partner_id   integer     not null,
    location_id  integer     not null,
    program      text        not null,
    year         date        not null,                     -- the first day of the program's year
    round        integer     not null check (round >= 0),  -- which beginning within that year
    kind         text        not null check (kind in (
                     'invited', 'reminded', 'prolonged', 'withdrawn', 'expired', 'declined', 'accepted', 'enrolled',
                     'back-dated', 'renewed', 'warned', 'left', 'ended')),
    day          date        not null,                     -- until when an invitation can be accepted, or as of when the rest counts
    reason       text        check (length(reason) between 1 and 40),    -- a code
    note         text        check (length(note) between 1 and 1000),    -- what somebody has written
    at           timestamptz not null,
    by           text        not null
);
create index step_of_membership on enrollment.step (location_id, program, id);
create index step_by_partner on enrollment.step (partner_id);
create unique index step_once on enrollment.step (location_id, program, year, round, kind)
    where kind not in ('reminded', 'prolonged', 'back-dated');
call web.rows_of_partner('enrollment.step', 'partner_id = web.partner()', 'select, insert');

-- Where each location and program stand: the last step that says so.
create view enrollment.membership with (security_invoker = true) as
    select distinct on (location_id, program)
           partner_id, location_id, program, year, round, kind, day, reason, note, at, by
      from enrollment.step
     where kind not in ('reminded', 'warned')
     order by location_id, program, id desc;
grant select on enrollment.membership to espace_partner;

-- An acceptance that completes an enrollment registers it.
grant insert, update, delete on enrollment.enrollment to espace_partner;

-- Somebody has read the message of an invitation on their home page.
create table enrollment.read_message (
    user_id     integer     not null,
    partner_id  integer     not null,
    read_at     timestamptz not null,
    step_id     bigint      not null references enrollment.step,
    primary key (user_id, step_id)
);
call web.rows_of_partner('enrollment.read_message', 'partner_id = web.partner()', 'select, insert');

-- What the vendor says of a program beside its terms; the last word of a kind counts.
create table enrollment.word (
    id       integer     generated always as identity primary key,
    program  text        not null,
    kind     text        not null check (kind in ('discontinued', 'reopened', 'extended')),
    year     date        not null,    -- the program's year that it is about
    day      date        not null,    -- the first day without the program, with it again, or after the longer year
    reason   text        not null check (length(reason) between 1 and 1000),
    at       timestamptz not null,
    by       text        not null
);
call web.read_by_partners('enrollment.word');

-- A decision of the vendor about many locations: first looked at, then carried out.
create table enrollment.decision (
    id        integer     generated always as identity primary key,
    kind      text        not null check (kind in ('invite', 'remind', 'withdraw', 'enroll', 'end', 'extend')),
    program   text        not null,
    day       date        not null,
    reason    text        not null check (length(reason) between 1 and 1000),
    asked_at  timestamptz not null,
    asked_by  text        not null
);
create table enrollment.decision_item (
    decision_id  integer not null references enrollment.decision,
    number       integer not null,
    named        text    not null check (length(named) between 1 and 120),   -- the location as it was listed
    location_id  integer,
    obstacle     text    check (length(obstacle) between 1 and 40),          -- why nothing would change
    primary key (decision_id, number)
);
create table enrollment.decision_start (
    decision_id  integer     primary key references enrollment.decision,
    at           timestamptz not null,
    by           text        not null
);
create table enrollment.decision_outcome (
    decision_id  integer     not null,
    number       integer     not null,
    obstacle     text        check (length(obstacle) between 1 and 40),      -- empty: done
    at           timestamptz not null,
    primary key (decision_id, number),
    foreign key (decision_id, number) references enrollment.decision_item
);
create table enrollment.decision_end (
    decision_id  integer     primary key references enrollment.decision,
    cancelled    boolean     not null,
    at           timestamptz not null,
    by           text        not null
);
