create schema federation;

-- By which an organization's own directory provisions its users. Of a token only the SHA-256 is kept; two of them are
-- good at once, so that one can follow the other without a gap. Revoked, the row goes.
create table federation.scim_token (
    id          integer     generated always as identity primary key,
    partner_id  integer     not null,
    slot        smallint    not null check (slot in (1, 2)),
    token_hash  char(64)    not null unique,
    made_at     timestamptz not null,
    made_by     text        not null,
    expires_at  timestamptz not null check (expires_at > made_at),
    used_at     timestamptz,
    unique (partner_id, slot)
);

-- What the directory says of a user beyond what we keep of everybody: as it sent it, without what we keep elsewhere.
create table federation.provisioned_user (
    user_id      integer     primary key,
    partner_id   integer     not null,
    user_name    text        not null check (length(user_name) between 1 and 254),
    external_id  text        check (length(external_id) between 1 and 254),
    attributes   jsonb       not null check (jsonb_typeof(attributes) = 'object'),
    changed_at   timestamptz not null
);
create unique index provisioned_user_by_name on federation.provisioned_user (partner_id, lower(user_name));
create index provisioned_user_by_external_id on federation.provisioned_user (partner_id, external_id);

create table federation.provisioned_group (
    group_id     integer     primary key,
    partner_id   integer     not null,
    external_id  text        check (length(external_id) between 1 and 254),
    changed_at   timestamptz not null
);
create index provisioned_group_by_external_id on federation.provisioned_group (partner_id, external_id);

-- A machine that asks for itself. One of the vendor has no partner, and asks for every partner.
create table federation.api_client (
    id          integer     generated always as identity primary key,
    partner_id  integer,
    public_id   text        not null unique check (length(public_id) between 8 and 40),
    name        text        not null check (length(name) between 1 and 100),
    scopes      text[]      not null check (
        cardinality(scopes) > 0
        and scopes <@ array['earnings.read', 'users.read', 'users.write', 'activity.read']),
    made_at     timestamptz not null,
    made_by     text        not null
);
create unique index api_client_by_name on federation.api_client (coalesce(partner_id, 0), lower(name));

create table federation.api_secret (
    id           integer     generated always as identity primary key,
    client_id    integer     not null references federation.api_client on delete cascade,
    slot         smallint    not null check (slot in (1, 2)),
    secret_hash  char(64)    not null unique,
    made_at      timestamptz not null,
    made_by      text        not null,
    expires_at   timestamptz not null check (expires_at > made_at),
    used_at      timestamptz,
    unique (client_id, slot)
);

-- What a secret was exchanged for, for an hour; it ends with the secret.
create table federation.access_token (
    token_hash  char(64)    primary key,
    secret_id   integer     not null references federation.api_secret on delete cascade,
    scopes      text[]      not null,
    expires_at  timestamptz not null
);
create index access_token_by_secret on federation.access_token (secret_id);
create index access_token_by_end on federation.access_token (expires_at);

-- Where the users of an organization prove who they are, instead of here. The secret is sealed.
create table federation.provider (
    partner_id     integer     primary key,
    issuer         text        not null check (length(issuer) between 8 and 500),
    client_id      text        not null check (length(client_id) between 1 and 200),
    client_secret  text        not null,
    enforced       boolean     not null,
    emergency      integer,                -- the one global administrator whose password still opens the account
    creates_users  boolean     not null,   -- whoever the provider lets in gets an account, without a role
    changed_at     timestamptz not null,
    changed_by     text        not null,
    check (not enforced or emergency is not null)
);

-- Addresses of a domain are signed in by one provider only.
create table federation.provider_domain (
    domain      text     primary key check (domain = lower(domain) and length(domain) between 3 and 253),
    partner_id  integer  not null references federation.provider on delete cascade
);

-- Who a provider's subject is here, since its first sign-in.
create table federation.subject (
    partner_id  integer     not null,
    issuer      text        not null,
    subject     text        not null check (length(subject) between 1 and 255),
    user_id     integer     not null unique,
    bound_at    timestamptz not null,
    primary key (partner_id, issuer, subject)
);
