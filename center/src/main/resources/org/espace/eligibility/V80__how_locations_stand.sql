create schema eligibility;
grant usage on schema eligibility to espace_partner;

-- What locations hold and on which lists they stand decides who may join; who has joined is another room's.
alter table enrollment.listing set schema eligibility;
alter table enrollment.holding set schema eligibility;
alter table enrollment.plan set schema eligibility;
