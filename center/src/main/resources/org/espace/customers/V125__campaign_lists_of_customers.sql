-- The campaign lists that the customer stands on, as a feed says last.
alter table customers.customer add column lists text[] not null default '{}';
