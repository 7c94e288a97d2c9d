-- What a load says was invoiced, by location and day: who may join a program depends on it, and no page waits for the lake.
-- A correction is summed with the load that brings it, so that the sums over all loads are what is sold.
create table sales.day_sum (
    load_id      integer  not null references sales.load,
    location_id  integer  not null,
    day          date     not null,
    currency     char(3)  not null,
    amount       numeric  not null,
    primary key (location_id, day, currency, load_id)
);

-- Loads that are summed; one from before there were sums is summed from its file when it is first asked for.
create table sales.summed_load (
    load_id  integer primary key references sales.load
);
create index day_sum_by_load on sales.day_sum (load_id);
call web.rows_of_partner('sales.day_sum',
    'location_id in (select location.id from partners.location where location.partner_id = web.partner())', 'select');
