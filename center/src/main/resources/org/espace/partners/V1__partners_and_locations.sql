create schema partners;

-- A company we do business with: the partner global account.
create table partners.partner (
    id       integer  generated always as identity primary key,
    number   text     not null unique check (length(number) between 1 and 40),
    name     text     not null check (length(name) between 1 and 200),
    country  char(2)  not null check (country ~ '^[A-Z]{2}$')
);

-- A place of that company: enrolments, sales and payouts attach here. Its number is what the vendor's feeds write.
create table partners.location (
    id          integer  generated always as identity primary key,
    partner_id  integer  not null references partners.partner,
    number      text     not null unique check (length(number) between 1 and 40),
    name        text     not null check (length(name) between 1 and 200),
    country     char(2)  not null check (country ~ '^[A-Z]{2}$'),
    type        text     not null check (type in ('direct-reseller', 'indirect-provider', 'indirect-reseller'))
);
create index location_by_partner on partners.location (partner_id);
