-- A list of people who become users of one partner at once: from a file, or from the vendor's list.
create table access.roster (
    id           integer     generated always as identity primary key,
    partner_id   integer     not null,
    reference    text        not null unique,  -- what it came from: doing it twice does it once
    name         text        not null check (length(name) between 1 and 200),
    made_at      timestamptz not null,
    made_by      text        not null,
    saved_at     timestamptz,                  -- from then on its rows become users, in the background
    saved_by     text,
    handing      text        check (handing in ('shown', 'file', 'mail')),  -- how the passwords reach people
    finished_at  timestamptz,
    handed_at    timestamptz,                  -- its temporary passwords are made when they are handed out: once
    handed_by    text,
    check ((saved_at is null) = (saved_by is null) and (saved_at is null) = (handing is null)),
    check ((handed_at is null) = (handed_by is null))
);
create index roster_by_partner on access.roster (partner_id, id);
create index roster_unfinished on access.roster (id) where saved_at is not null and finished_at is null;

create table access.roster_row (
    roster_id    integer  not null references access.roster on delete cascade,
    number       integer  not null,            -- the line of the file
    email        text     not null,
    skeleton     text     not null,
    name         text     not null check (length(name) between 1 and 200),
    language     text     check (language in ('en', 'fr')),
    roles        text[]   not null,
    location_id  integer,
    program      text,
    outcome      text     check (outcome in ('created', 'granted', 'address-taken')),
    user_id      integer  references access.user_account,
    primary key (roster_id, number),
    unique (roster_id, email),
    check ((outcome in ('created', 'granted')) = (user_id is not null))
);
create index roster_row_waiting on access.roster_row (roster_id, number) where outcome is null;
create index roster_row_by_user on access.roster_row (user_id);

-- What is wrong with a row that cannot become a user.
create table access.roster_fault (
    roster_id  integer  not null references access.roster on delete cascade,
    number     integer  not null,
    field      text     not null,
    value      text     not null,
    code       text     not null,
    primary key (roster_id, number, field)
);
