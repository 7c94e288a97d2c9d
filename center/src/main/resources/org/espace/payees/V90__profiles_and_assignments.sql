create schema payees;

-- Where a partner is paid (bank), or under which tax a location is (tax). Never deleted: what it says stands in its versions.
create table payees.profile (
    id           integer     generated always as identity primary key,
    partner_id   integer     not null,
    kind         text        not null check (kind in ('bank', 'tax')),
    name         text        check (length(name) between 1 and 100),
    location_id  integer,
    created_at   timestamptz not null,
    created_by   text        not null,
    unique (id, partner_id),
    check ((kind = 'bank') = (name is not null)),
    check ((kind = 'tax') = (location_id is not null))
);
create unique index one_name_a_profile on payees.profile (partner_id, lower(name));
create unique index one_tax_profile_a_location on payees.profile (location_id);

-- What was handed in, and by whom: the latest version of a profile replaces those before it, which stay. A document's bytes lie
-- in the folder of documents. Half-open: until is the first day that the document no longer holds; empty, it holds for good.
create table payees.version (
    id             integer     generated always as identity primary key,
    profile_id     integer     not null,
    partner_id     integer     not null,
    sheet          text        not null check (sheet in (
                       'bank-transfer', 'credit-note', 'w9-ein', 'w9-ssn', 'w8ben-e', 'vat', 'tax-id')),
    country        char(2)     not null check (country ~ '^[A-Z]{2}$'),
    currency       char(3)     check (currency ~ '^[A-Z]{3}$'),
    holder         text        not null check (length(holder) between 1 and 200),
    holder_differs boolean     not null,
    sha256         text        check (sha256 ~ '^[0-9a-f]{64}$'),
    type           text        check (type in ('pdf', 'png', 'jpeg')),
    size           bigint      check (size > 0),
    until          date,
    handed_in_at   timestamptz not null,
    handed_in_by   text        not null,
    unique (id, partner_id),
    check ((sheet in ('bank-transfer', 'credit-note')) = (currency is not null)),
    check (num_nulls(sha256, type, size) in (0, 3)),
    foreign key (profile_id, partner_id) references payees.profile (id, partner_id)
);
create index version_by_profile on payees.version (profile_id, id);

-- One field of a version: in clear, or sealed with the end of it that pages show.
create table payees.entry (
    version_id   integer     not null,
    partner_id   integer     not null,
    field        text        not null check (length(field) between 1 and 40),
    value        text        check (length(value) between 1 and 200),
    sealed       text,
    tail         text        check (length(tail) <= 4),
    primary key (version_id, field),
    check (num_nulls(value, sealed) = 1),
    check (num_nulls(sealed, tail) in (0, 2)),
    foreign key (version_id, partner_id) references payees.version (id, partner_id)
);

-- What the vendor has said of a version, once: approved, or sent back with a reason.
create table payees.verdict (
    version_id   integer     primary key,
    partner_id   integer     not null,
    approved     boolean     not null,
    reason       text        check (length(reason) between 1 and 40),
    comment      text        check (length(comment) between 1 and 1000),
    decided_at   timestamptz not null,
    decided_by   text        not null,
    check (approved = (reason is null)),
    foreign key (version_id, partner_id) references payees.version (id, partner_id)
);

-- A program in which a location wants to be paid.
create table payees.payable (
    location_id  integer     not null,
    program      text        not null check (length(program) between 1 and 100),
    partner_id   integer     not null,
    since        timestamptz not null,
    named_by     text        not null,
    primary key (location_id, program)
);
create index payable_by_partner on payees.payable (partner_id);

-- Which bank profile one earning type of a program goes to; the latest row counts.
create table payees.assignment (
    id           integer     generated always as identity primary key,
    location_id  integer     not null,
    program      text        not null,
    earning_type text        not null check (earning_type in ('rebate', 'co-op')),
    partner_id   integer     not null,
    profile_id   integer     not null,
    assigned_at  timestamptz not null,
    assigned_by  text        not null,
    foreign key (location_id, program) references payees.payable,
    foreign key (profile_id, partner_id) references payees.profile (id, partner_id)
);
create index assignment_by_place on payees.assignment (location_id, program, earning_type, id);
create index assignment_by_profile on payees.assignment (profile_id);

-- The bank profile that a location's next program is given.
create table payees.standard (
    location_id  integer     primary key,
    partner_id   integer     not null,
    profile_id   integer     not null,
    set_at       timestamptz not null,
    set_by       text        not null,
    foreign key (profile_id, partner_id) references payees.profile (id, partner_id)
);

do $$
declare
    own text := 'partner_id = web.partner()';
begin
    call web.rows_of_partner('payees.profile', own, 'select, insert');
    call web.rows_of_partner('payees.version', own, 'select, insert');
    call web.rows_of_partner('payees.entry', own, 'select, insert');
    call web.rows_of_partner('payees.verdict', own, 'select');
    call web.rows_of_partner('payees.payable', own, 'select, insert');
    call web.rows_of_partner('payees.assignment', own, 'select, insert');
    call web.rows_of_partner('payees.standard', own, 'select, insert, delete');
end $$;
