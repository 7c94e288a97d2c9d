-- The keys that sign certificates: the newest signs, and what an older one has signed stays good.
create table certifications.signing_key (
    id          text        primary key check (id ~ '^[A-Za-z0-9_-]{43}$'),
    public_key  text        not null,
    sealed      text        not null,
    made_at     timestamptz not null
);

-- A holder shows a certificate to whoever has the link. Taken back, the link opens nothing any more.
create table certifications.share (
    token       text        primary key check (token ~ '^[A-Za-z0-9_-]{22}$'),
    result_id   integer     not null references certifications.result,
    named       boolean     not null,
    made_at     timestamptz not null,
    revoked_at  timestamptz
);
create unique index share_open on certifications.share (result_id) where revoked_at is null;
