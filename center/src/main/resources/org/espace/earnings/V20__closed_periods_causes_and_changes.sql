-- A month that is closed: its statement is what was booked in it until then, and never changes.
create table earnings.period (
    month      date        primary key check (extract(day from month) = 1),
    closed_at  timestamptz not null,
    closed_by  text        not null,
    lines      bigint      not null,
    sha256     char(64)    not null   -- of the statement's lines in their canonical form and order
);

-- What a closed statement comes to, per currency.
create table earnings.period_total (
    month     date    not null references earnings.period,
    currency  char(3) not null,
    amount    numeric not null,
    rebate    numeric not null,
    lines     bigint  not null,
    primary key (month, currency)
);

create function earnings.forbid_change() returns trigger language plpgsql as $$
begin
    raise exception 'what is closed or was booked is never changed';
end $$;
create trigger periods_are_immutable before update or delete or truncate on earnings.period
    for each statement execute function earnings.forbid_change();
create trigger period_totals_are_immutable before update or delete or truncate on earnings.period_total
    for each statement execute function earnings.forbid_change();

-- The first month that was open when the run began: lines for days before it are booked in it. Null while none was closed.
alter table earnings.earning_file add column open_from date check (extract(day from open_from) = 1);

-- What each run has added to the totals. Their sum up to a run is what was known then; their sum by month of booking is
-- what a statement comes to.
create table earnings.sales_change (
    run_id       integer  not null references earnings.run,
    location_id  integer  not null,
    program_id   smallint not null,
    month        date     not null,
    currency     char(3)  not null,
    reason       smallint not null,
    amount       numeric  not null,
    lines        bigint   not null
);
create index sales_change_by_location on earnings.sales_change (location_id);
create table earnings.earning_change (
    run_id       integer  not null references earnings.run,
    location_id  integer  not null,
    program_id   smallint not null,
    terms_id     smallint not null,
    lever        smallint not null,
    month        date     not null,   -- that it applies to
    booked       date     not null,   -- whose statement it stands in
    currency     char(3)  not null,
    amount       numeric  not null,
    rebate       numeric  not null,
    lines        bigint   not null,
    check (booked >= month)
);
create index earning_change_by_location on earnings.earning_change (location_id);

-- What runs before this table have left.
insert into earnings.sales_change
select (select max(id) from earnings.run), location_id, program_id, month, currency, reason, amount, lines
from earnings.sales_total;
insert into earnings.earning_change
select (select max(id) from earnings.run), location_id, program_id, terms_id, lever, month, month, currency, amount, rebate, lines
from earnings.earning_total;

-- Why a run has rated a location anew. What is not named here was new sales.
create table earnings.run_cause (
    run_id       integer not null references earnings.run,
    location_id  integer not null,
    cause        text    not null check (cause in (
                     'NEW_SALES', 'LOCATION_CHANGED', 'ENROLLMENT_CHANGED', 'STANDING_CHANGED', 'TERMS_CHANGED',
                     'RATES_CHANGED', 'CATALOGUE_CHANGED', 'CUSTOMERS_CHANGED', 'ASKED')),
    primary key (run_id, location_id, cause)
);

-- What earnings rested on when they were last computed, hashed part by part, so that only those are rated anew whom a
-- change concerns. A program's terms and rates concern those who have joined it; program 0 is what concerns everybody.
alter table earnings.run drop column promises_sha256;
create table earnings.promise (
    run_id      integer  not null references earnings.run,
    cause       text     not null,
    program_id  smallint not null,
    sha256      char(64) not null,
    primary key (run_id, cause, program_id)
);
alter table earnings.footing rename column sha256 to location_sha256;
alter table earnings.footing
    add column enrollment_sha256 char(64) not null default '',
    add column standing_sha256   char(64) not null default '',
    add column fraction_digits   smallint not null default 0;

-- The run that is at work, written at most once a second: when its process is killed, the row stays until the next run.
create table earnings.running (
    run_id         integer     primary key,
    started_at     timestamptz not null,
    started_by     text        not null,
    step           text        not null,
    step_began_at  timestamptz not null,
    done           bigint      not null,
    total          bigint      not null,
    heard_at       timestamptz not null,
    cancelled_by   text
);
