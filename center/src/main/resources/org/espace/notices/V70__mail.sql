create schema notices;

-- What we have to say to somebody, kept in the transaction that gave the reason for it; the same reference is sent once.
-- A secret, such as a link that signs somebody in, stands here only until the mail is sent or too old to be.
create table notices.mail (
    id         bigint       generated always as identity primary key,
    reference  text         not null unique check (length(reference) between 1 and 200),
    recipient  text         not null check (length(recipient) <= 254 and recipient !~ '[[:cntrl:]]'),
    language   text         check (language in ('en', 'fr')),
    template   text         not null,
    arguments  jsonb        not null,
    secret     text,
    kept_at    timestamptz  not null
);

-- A mail that has left, or that nobody tries to send any more.
create table notices.outcome (
    mail_id  bigint       primary key references notices.mail,
    sent     boolean      not null,
    at       timestamptz  not null
);

-- An attempt that failed, and when the next one is due.
create table notices.failure (
    mail_id  bigint       not null references notices.mail,
    attempt  integer      not null check (attempt > 0),
    at       timestamptz  not null,
    next_at  timestamptz  not null,
    reason   text         not null,
    primary key (mail_id, attempt)
);
