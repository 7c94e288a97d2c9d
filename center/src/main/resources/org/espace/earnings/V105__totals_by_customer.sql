-- What was earned by customer, in the program's currency, so that a first page need not read the lake. Customer 0 is nobody.
create table earnings.customer_total (
    location_id  integer  not null,
    customer_id  integer  not null,
    program_id   smallint not null,
    terms_id     smallint not null,
    currency     char(3)  not null,
    amount       numeric  not null,
    rebate       numeric  not null,
    lines        bigint   not null,
    primary key (location_id, customer_id, terms_id)
);
call web.rows_of_partner(
    'earnings.customer_total',
    'location_id in (select location.id from partners.location where location.partner_id = web.partner())',
    'select');

-- Whether they are whole as of this run. They are not as of runs before this table: the next one sums them up.
alter table earnings.run add column by_customer boolean not null default false;
