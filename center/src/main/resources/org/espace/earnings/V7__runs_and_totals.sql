create schema earnings;

create sequence earnings.run_number as integer;

-- One refresh. The row, its files, its totals and its postings are written in one transaction.
create table earnings.run (
    id               integer     primary key,
    started_at       timestamptz not null,
    finished_at      timestamptz not null,
    started_by       text        not null,
    promises_sha256  char(64)    not null,   -- terms, rates, products and customers as this run read them
    last_product     integer     not null,   -- how far that reading went
    last_customer    integer     not null,
    last_day         date,
    sums_path        text,                   -- the carried sums, in the lake; null while there are none
    sales_lines      bigint      not null,
    replayed         integer     not null,   -- locations rated anew from their first line
    posted           integer     not null,
    earning_lines    bigint      not null,
    correction_lines bigint      not null
);

create table earnings.run_load (
    run_id   integer not null references earnings.run,
    load_id  integer primary key
);

-- What a run has counted, by what became of it: reason 0 is eligible, program 0 is none.
create table earnings.run_outcome (
    run_id      integer  not null references earnings.run,
    program_id  smallint not null,
    reason      smallint not null,
    currency    char(3)  not null,
    amount      numeric  not null,
    lines       bigint   not null,
    primary key (run_id, program_id, reason, currency)
);

create table earnings.earning_file (
    run_id           integer  not null references earnings.run,
    path             text     primary key,
    corrections      boolean  not null,
    lines            bigint   not null check (lines > 0),
    fraction_digits  smallint not null,
    first_location   integer  not null,
    last_location    integer  not null
);

-- What was sold, per location, program and month, by what became of it. Reason 0 is eligible; program 0 is none.
create table earnings.sales_total (
    location_id  integer  not null,
    program_id   smallint not null,
    month        date     not null,
    currency     char(3)  not null,
    reason       smallint not null,
    amount       numeric  not null,
    lines        bigint   not null,
    primary key (location_id, program_id, month, currency, reason)
);

-- What was earned, per location, lever and month, in the program's currency. Co-op is amount less rebate.
create table earnings.earning_total (
    location_id  integer  not null,
    program_id   smallint not null,
    terms_id     smallint not null,
    lever        smallint not null,
    month        date     not null,
    currency     char(3)  not null,
    amount       numeric  not null,
    rebate       numeric  not null,
    lines        bigint   not null,
    primary key (location_id, program_id, terms_id, lever, month)
);

-- What each location's earnings rest on besides its sales: when it changes, the location is rated anew.
create table earnings.footing (
    location_id  integer  primary key,
    sha256       char(64) not null
);
