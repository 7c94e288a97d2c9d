create schema programs;

create table programs.program (
    id    smallint generated always as identity primary key,
    code  text     not null unique check (code ~ '^[a-z][a-z0-9-]{1,59}$')
);

-- A published promise. The text is the promise; the other columns are read out of it.
create table programs.terms (
    id               smallint    generated always as identity primary key,
    program_id       smallint    not null references programs.program,
    version          text        not null check (length(version) between 1 and 40),
    effective_from   date        not null,
    effective_until  date        not null,
    text             text        not null,
    sha256           char(64)    not null,
    published_at     timestamptz not null,
    published_by     text        not null,
    unique (program_id, version),
    check (effective_from < effective_until)
);
create extension if not exists btree_gist;
alter table programs.terms add constraint one_version_a_day
    exclude using gist (program_id with =, daterange(effective_from, effective_until) with &&);

create function programs.forbid_change() returns trigger language plpgsql as $$
begin
    raise exception 'published terms are never changed';
end $$;
create trigger terms_are_immutable before update or delete on programs.terms
    for each row execute function programs.forbid_change();
