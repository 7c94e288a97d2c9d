create schema signin;

-- What an organization asks of its people; 0 is the vendor. No row: the second factor is optional, a forgotten password may be reset by mail.
create table signin.rule (
    partner_id     integer     primary key,
    second_factor  text        not null check (second_factor in ('optional', 'required-for-administrators', 'required')),
    self_reset     boolean     not null,
    changed_at     timestamptz not null,
    changed_by     text        not null
);

-- An application that shows codes. A code counts once: the step of the last one that counted stands here.
create table signin.authenticator (
    user_id    integer     primary key,
    seed       text        not null,  -- sealed, see web.Secrets
    last_step  bigint      not null,
    set_up_at  timestamptz not null
);

-- Random enough for a quick hash: 76 bits.
create table signin.recovery_code (
    user_id  integer     not null,
    hash     bytea       not null,
    made_at  timestamptz not null,
    used_at  timestamptz,
    primary key (user_id, hash)
);

-- What authenticators know somebody by; it says nothing of them.
create table signin.passkey_owner (
    user_id  integer  primary key,
    handle   bytea    not null unique
);

create table signin.passkey (
    credential          bytea       primary key,
    handle              bytea       not null references signin.passkey_owner (handle) on delete cascade,
    label               text        not null check (length(label) between 1 and 100),
    public_key          bytea       not null,
    signatures          bigint      not null,
    verified_user       boolean     not null,
    transports          text        not null,
    may_be_backed_up    boolean     not null,
    backed_up           boolean     not null,
    attestation         bytea       not null,
    attestation_client  bytea       not null,
    set_up_at           timestamptz not null,
    last_used_at        timestamptz not null
);
create index passkey_by_owner on signin.passkey (handle);

-- A link to choose a new password. Only a hash of its token is kept.
create table signin.reset (
    token_hash  bytea       primary key,
    user_id     integer     not null,
    asked_at    timestamptz not null,
    expires_at  timestamptz not null,
    used_at     timestamptz
);
create index reset_by_user on signin.reset (user_id, asked_at);

-- Failed attempts on an account (a hash of its address, known to us or not) from one source. Gone after a success, or after a day.
create table signin.failure (
    account   bytea       not null,
    source    text        not null,
    attempts  integer     not null,
    last_at   timestamptz not null,
    primary key (account, source)
);
create index failure_by_time on signin.failure (last_at);
