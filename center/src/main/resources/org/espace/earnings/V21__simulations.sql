-- Draft terms tried on real history. Nothing was posted.
create table earnings.simulation (
    id          integer     generated always as identity primary key,
    program     text        not null,
    version     text        not null,
    text        text        not null,   -- the draft
    days_from   date        not null,
    days_until  date        not null,
    membership  text        not null check (membership in ('ENROLLED', 'EVERYBODY', 'LIKE')),
    like_program text       check ((membership = 'LIKE') = (like_program is not null)),
    last_run    integer     references earnings.run,   -- the history that it was tried on
    made_at     timestamptz not null,
    made_by     text        not null
);

-- What a location had earned under the program, and what it would have, in one month and currency.
create table earnings.simulation_result (
    simulation_id  integer not null references earnings.simulation,
    location_id    integer not null,
    month          date    not null,
    currency       char(3) not null,
    before         numeric not null,
    after          numeric not null,
    rebate_before  numeric not null,
    rebate_after   numeric not null,
    primary key (simulation_id, location_id, month, currency)
);
