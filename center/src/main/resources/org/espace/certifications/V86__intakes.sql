-- A file of results or of measures: looked at, then saved. What it says is kept as it came until it is saved, and what was
-- wrong with it for good.
create table certifications.intake (
    id          integer     generated always as identity primary key,
    kind        text        not null check (kind in ('results', 'measures')),
    name        text        not null check (length(name) between 1 and 200),
    sha256      text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
    content     bytea,
    good        integer     not null check (good >= 0),
    refused     integer     not null check (refused >= 0),
    checked_at  timestamptz not null,
    checked_by  text        not null,
    added       integer     check (added >= 0),
    known       integer     check (known >= 0),
    saved_at    timestamptz,
    saved_by    text,
    check ((saved_at is null) = (content is not null)),
    check ((saved_at is null) = (saved_by is null) and (saved_at is null) = (added is null) and (saved_at is null) = (known is null))
);

create table certifications.intake_fault (
    intake_id  integer  not null references certifications.intake on delete cascade,
    number     integer  not null,
    field      text     not null,
    value      text     not null,
    code       text     not null,
    primary key (intake_id, number, field)
);
