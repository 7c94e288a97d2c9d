create schema enrollment;

-- Half-open: until is the first day that no longer counts. An open end is null.
create table enrollment.enrollment (
    id           integer generated always as identity primary key,
    location_id  integer not null,
    program      text    not null,
    since        date    not null,
    until        date,
    check (since < until)
);
alter table enrollment.enrollment add constraint enrolled_once_at_a_time
    exclude using gist (location_id with =, program with =, daterange(since, until) with &&);
