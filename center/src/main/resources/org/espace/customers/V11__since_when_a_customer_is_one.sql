-- Since when it is a customer of the vendor; null when nobody has said.
alter table customers.customer add column since date;
