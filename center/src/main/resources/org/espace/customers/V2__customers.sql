create schema customers;

create table customers.customer (
    id       integer generated always as identity primary key,
    number   text    not null unique check (length(number) between 1 and 80),
    name     text    not null check (length(name) between 1 and 200),
    country  char(2) check (country ~ '^[A-Z]{2}$'),
    segment  text    check (length(segment) between 1 and 40)
);
