create schema access;

create table access.user_account (
    id          integer     generated always as identity primary key,
    email       text        not null unique check (email = lower(email) and email ~ '^[^@\s]+@[^@\s]+$' and length(email) <= 254),
    name        text        not null check (length(name) between 1 and 200),
    language    text        check (language in ('en', 'fr')),
    created_at  timestamptz not null,
    created_by  text        not null
);

-- The one password that opens the account now. A temporary one has a last moment; one that its owner chose has none.
create table access.password (
    user_id     integer     primary key references access.user_account,
    hash        text        not null,
    set_at      timestamptz not null,
    expires_at  timestamptz
);

-- A role at the vendor has no partner.
create table access.role_grant (
    user_id     integer     not null references access.user_account,
    role        text        not null check (role in ('incentives-administrator', 'incentives-user', 'vendor-operator')),
    partner_id  integer,
    granted_at  timestamptz not null,
    granted_by  text        not null,
    unique nulls not distinct (user_id, role, partner_id),
    check ((role = 'vendor-operator') = (partner_id is null))
);
