-- A link that was sent to a primary contact's address: whoever opens it has the address. Only the hash of its token is kept.
create table partners.address_proof (
    verification_id  integer     primary key,
    partner_id       integer     not null,
    email            text        not null check (length(email) <= 254),
    token_hash       text        not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
    sent_at          timestamptz not null,
    expires_at       timestamptz not null,
    foreign key (verification_id, partner_id) references partners.verification (id, partner_id)
);
