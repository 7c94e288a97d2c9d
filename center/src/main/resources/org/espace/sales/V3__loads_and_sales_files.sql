create schema sales;

create table sales.product (
    id             integer generated always as identity primary key,
    number         text    not null unique check (length(number) between 1 and 80),
    name           text    not null check (length(name) between 1 and 300),
    family         text    check (length(family) between 1 and 80),
    solution_area  text    check (length(solution_area) between 1 and 80)
);

-- What a feed's status means: eligible (id 0), or the reason why a line earns nothing (yet).
create table sales.disposition (
    id       smallint generated always as identity primary key,
    outcome  text     not null check (outcome in ('ineligible', 'pending')),
    code     text     not null unique check (code ~ '^[A-Z][A-Z0-9_]{0,39}$')
);

create sequence sales.load_number as integer;

-- One file, taken in whole. The row is written with everything that the file brought, or not at all.
create table sales.load (
    id            integer     primary key,
    file_name     text        not null check (length(file_name) <= 255),
    file_sha256   char(64)    not null,
    mapping       text        not null,
    loaded_at     timestamptz not null,
    loaded_by     text        not null,
    received      bigint      not null,
    accepted      bigint      not null,
    duplicates    bigint      not null,
    corrections   bigint      not null,
    refused       bigint      not null,
    constraint every_row_is_counted_once check (received = accepted + duplicates + corrections + refused)
);
create unique index a_file_is_loaded_once on sales.load (file_sha256, mapping);

-- The accepted lines of a load, in the lake. Amounts are minor units of their currency, times ten to fraction_digits.
create table sales.sales_file (
    load_id          integer  primary key references sales.load,
    path             text     not null unique,
    lines            bigint   not null check (lines > 0),
    fraction_digits  smallint not null check (fraction_digits between 0 and 12),
    first_location   integer  not null,
    last_location    integer  not null,
    first_day        date     not null,
    last_day         date     not null
);

-- The refused rows of a load, in the lake.
create table sales.quarantine_file (
    load_id  integer primary key references sales.load,
    path     text    not null unique,
    rows     bigint  not null check (rows > 0)
);

-- Control totals. Currency is null where the row's currency could not be read; amount leaves out unreadable amounts.
create table sales.load_total (
    load_id   integer not null references sales.load,
    bucket    text    not null check (bucket in ('received', 'accepted', 'duplicate', 'corrected', 'refused')),
    currency  char(3),
    amount    numeric not null,
    rows      bigint  not null,
    unique nulls not distinct (load_id, bucket, currency)
);

-- What was refused, as far as the rows could be read: the refused bucket of "received".
create table sales.refused_total (
    load_id      integer not null references sales.load,
    code         text    not null,
    location_id  integer,
    month        date,
    currency     char(3),
    amount       numeric not null,
    rows         bigint  not null,
    unique nulls not distinct (load_id, code, location_id, month, currency)
);

-- A file that could not be taken at all, and why.
create table sales.refused_file (
    id           integer     generated always as identity primary key,
    file_name    text        not null,
    mapping      text        not null,
    code         text        not null,
    arguments    jsonb       not null,
    refused_at   timestamptz not null,
    refused_by   text        not null
);

-- Reference rates as published: units of a currency for one euro. A corrected publication is a new set.
create table sales.rate_set (
    id           integer     generated always as identity primary key,
    source       text        not null,
    day          date        not null,
    sha256       char(64)    not null,
    loaded_at    timestamptz not null,
    unique (source, day, sha256)
);
create table sales.exchange_rate (
    rate_set_id  integer not null references sales.rate_set,
    currency     char(3) not null,
    rate         numeric not null check (rate > 0),
    primary key (rate_set_id, currency)
);
