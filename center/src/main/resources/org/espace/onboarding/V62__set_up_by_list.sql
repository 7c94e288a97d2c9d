create schema onboarding;

-- An organization that the vendor has handed a list: until its users are created its data waits.
-- An organization without a row needs no set-up.
create table onboarding.set_up (
    partner_id    integer     primary key,
    listed_at     timestamptz not null,
    listed_by     text        not null,
    told          text,                        -- the administrator who got the mail with the list
    told_at       timestamptz,
    begun_at      timestamptz,
    begun_by      text,
    roster_id     integer,                     -- its list, once confirmed
    confirmed_at  timestamptz,
    confirmed_by  text,
    done_at       timestamptz,                 -- every user is created
    migrated_at   timestamptz,                 -- an incentives administrator has signed in
    migrated_by   text,
    check ((roster_id is null) = (confirmed_at is null))
);

-- The vendor's list, as the organization's administrator corrects it.
create table onboarding.listed_user (
    partner_id   integer  not null references onboarding.set_up,
    number       integer  not null,
    email        text     not null,
    first_name   text     not null,
    last_name    text     not null,
    role         text     not null,
    location_id  integer,
    program      text,
    added_by     text     not null,
    dropped_at   timestamptz,
    dropped_by   text,
    primary key (partner_id, number),
    unique (partner_id, email)
);
