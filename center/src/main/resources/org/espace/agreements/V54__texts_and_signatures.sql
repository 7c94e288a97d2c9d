create schema agreements;

-- A text of an agreement, in both languages; never changed once published.
create table agreements.text (
    kind          text        not null check (kind in (
                      'network-membership', 'reseller', 'cloud-distributor', 'partner-agreement')),
    version       text        not null check (version ~ '^[A-Za-z0-9][A-Za-z0-9.-]{0,39}$'),
    effective     date        not null,
    months        integer     check (months between 1 and 120),
    english       text        not null check (length(english) between 1 and 200000),
    french        text        not null check (length(french) between 1 and 200000),
    sha256        text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
    published_at  timestamptz not null,
    published_by  text        not null,
    primary key (kind, version)
);

-- Somebody has signed a text for a partner. Half-open; an empty end is open. One version of a kind is in force at a time.
create table agreements.signature (
    id            integer     generated always as identity primary key,
    partner_id    integer     not null,
    kind          text        not null,
    version       text        not null,
    signatory     text        not null check (length(signatory) between 1 and 200),
    title         text        not null check (length(title) between 1 and 200),
    signed_on     date        not null,
    since         date        not null,
    until         date,
    signed_at     timestamptz not null,
    signed_by     text        not null,
    check (since <= until),
    foreign key (kind, version) references agreements.text,
    constraint one_version_in_force exclude using gist (partner_id with =, kind with =, daterange(since, until) with &&)
);

-- Why an agreement ended before its time.
create table agreements.ending (
    signature_id  integer     primary key references agreements.signature,
    partner_id    integer     not null,
    reason        text        not null check (length(reason) between 1 and 1000),
    ended_at      timestamptz not null,
    ended_by      text        not null
);
