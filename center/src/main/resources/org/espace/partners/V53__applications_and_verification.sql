-- A location that a partner asks for. It becomes one, with a number, once it has been verified.
create table partners.application (
    id             integer     generated always as identity primary key,
    partner_id     integer     not null references partners.partner,
    name           text        not null check (length(name) between 1 and 200),
    type           text        not null check (type in ('direct-reseller', 'indirect-provider', 'indirect-reseller')),
    street         text        not null check (length(street) between 1 and 200),
    postal_code    text        check (length(postal_code) between 1 and 20),
    city           text        not null check (length(city) between 1 and 100),
    region         text        check (length(region) between 1 and 100),
    country        char(2)     not null check (country ~ '^[A-Z]{2}$'),
    contact_name   text        not null check (length(contact_name) between 1 and 200),
    contact_email  text        not null check (contact_email ~ '^[^@\s]+@[^@\s]+$' and length(contact_email) <= 254),
    asked_at       timestamptz not null,
    asked_by       text        not null,
    location_id    integer     unique,
    unique (id, partner_id),
    foreign key (location_id, partner_id) references partners.location (id, partner_id) on update cascade
);
create index application_by_partner on partners.application (partner_id);

-- One question about a partner, or about a location that it asks for. What changes later is asked again in a row of its own.
create table partners.verification (
    id              integer     generated always as identity primary key,
    partner_id      integer     not null references partners.partner,
    step            text        not null check (step in (
                        'email-ownership', 'employment', 'business', 'identity', 'due-diligence', 'location')),
    application_id  integer,
    opened_at       timestamptz not null,
    opened_by       text        not null,
    unique (id, partner_id),
    check ((step = 'location') = (application_id is not null)),
    foreign key (application_id, partner_id) references partners.application (id, partner_id) on update cascade
);
create index verification_by_partner on partners.verification (partner_id, step, id);

-- The answer to the question, and after an appeal (appeal_id, which an appeal of the same verification has) to the appeal:
-- each is decided once.
create table partners.verdict (
    id               integer     generated always as identity primary key,
    verification_id  integer     not null,
    partner_id       integer     not null,
    appeal_id        integer,
    accepted         boolean     not null,
    reason           text        check (length(reason) between 1 and 1000),
    decided_at       timestamptz not null,
    decided_by       text        not null,
    check (accepted or reason is not null),
    constraint decided_once unique nulls not distinct (verification_id, appeal_id),
    foreign key (verification_id, partner_id) references partners.verification (id, partner_id)
);

-- Against a rejection, once: with a comment and a document, whose bytes lie in the folder of documents.
create table partners.appeal (
    id               integer     generated always as identity primary key,
    verification_id  integer     not null,
    partner_id       integer     not null,
    verdict_id       integer     not null references partners.verdict,
    comment          text        not null check (length(comment) between 1 and 2000),
    sha256           text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
    type             text        not null check (type in ('pdf', 'png', 'jpeg')),
    size             bigint      not null check (size > 0),
    appealed_at      timestamptz not null,
    appealed_by      text        not null,
    constraint appealed_once unique (verdict_id),
    foreign key (verification_id, partner_id) references partners.verification (id, partner_id)
);
