-- What a partner says of itself. The name and the number that the vendor gave it stay where they are.
create table partners.profile (
    partner_id    integer     primary key references partners.partner,
    legal_name    text        not null check (length(legal_name) between 1 and 200),
    trading_name  text        check (length(trading_name) between 1 and 200),
    street        text        not null check (length(street) between 1 and 200),
    postal_code   text        check (length(postal_code) between 1 and 20),
    city          text        not null check (length(city) between 1 and 100),
    region        text        check (length(region) between 1 and 100),
    country       char(2)     not null check (country ~ '^[A-Z]{2}$'),
    phone         text        check (length(phone) between 1 and 40),
    website       text        check (website ~ '^https?://' and length(website) <= 200),
    stated_at     timestamptz not null,
    stated_by     text        not null
);

create table partners.contact (
    id          integer     generated always as identity primary key,
    partner_id  integer     not null references partners.partner,
    purpose     text        not null check (purpose in ('primary', 'incentives', 'billing', 'security', 'legal')),
    name        text        not null check (length(name) between 1 and 200),
    email       text        not null check (email ~ '^[^@\s]+@[^@\s]+$' and length(email) <= 254),
    phone       text        check (length(phone) between 1 and 40),
    added_at    timestamptz not null,
    added_by    text        not null,
    unique (partner_id, purpose, email)
);
create unique index one_primary_contact on partners.contact (partner_id) where purpose = 'primary';

-- Under which number a country knows the company: in its register of companies, and for its value added tax.
create table partners.registration (
    partner_id  integer     not null references partners.partner,
    country     char(2)     not null check (country ~ '^[A-Z]{2}$'),
    kind        text        not null check (kind in ('company', 'vat')),
    number      text        not null check (length(number) between 2 and 40),
    stated_at   timestamptz not null,
    stated_by   text        not null,
    primary key (partner_id, country, kind)
);

-- What belongs to a location names its partner, too, and follows it when the vendor hands the location over.
alter table partners.location add unique (id, partner_id);

-- Further numbers under which a location transacts. Half-open; an empty end is open. A number means one location at a time.
create table partners.transacting_id (
    id           integer     generated always as identity primary key,
    number       text        not null check (length(number) between 1 and 120),
    location_id  integer     not null,
    partner_id   integer     not null,
    since        date        not null,
    until        date,
    added_at     timestamptz not null,
    added_by     text        not null,
    check (since < until),
    foreign key (location_id, partner_id) references partners.location (id, partner_id) on update cascade,
    constraint number_of_one_location exclude using gist (number with =, daterange(since, until) with &&)
);
create index transacting_id_by_location on partners.transacting_id (partner_id, location_id);

-- No location's own number is another number of a location, whichever came first.
create function partners.refuse_own_number() returns trigger language plpgsql as $$
begin
    if exists (select from partners.location where number = new.number) then
        raise unique_violation using message = 'the number of a location', constraint = 'number_is_no_location';
    end if;
    return new;
end $$;
create trigger number_is_no_location before insert or update of number on partners.transacting_id
    for each row execute function partners.refuse_own_number();

create function partners.refuse_transacting_number() returns trigger language plpgsql as $$
begin
    if exists (select from added join partners.transacting_id using (number)) then
        raise unique_violation using message = 'a further number of a location', constraint = 'location_is_no_number';
    end if;
    return null;
end $$;
create trigger location_is_no_number after insert on partners.location
    referencing new table as added for each statement execute function partners.refuse_transacting_number();

-- Through which provider's location a reseller's location buys. Half-open; an empty end is open.
create table partners.tie (
    id                    integer     generated always as identity primary key,
    reseller_location_id  integer     not null,
    reseller_partner_id   integer     not null,
    provider_location_id  integer     not null,
    provider_partner_id   integer     not null,
    since                 date        not null,
    until                 date,
    made_at               timestamptz not null,
    made_by               text        not null,
    check (since < until),
    check (reseller_location_id <> provider_location_id),
    foreign key (reseller_location_id, reseller_partner_id) references partners.location (id, partner_id) on update cascade,
    foreign key (provider_location_id, provider_partner_id) references partners.location (id, partner_id) on update cascade,
    constraint tied_once_at_a_time exclude using gist (
        reseller_location_id with =, provider_location_id with =, daterange(since, until) with &&)
);
create index tie_by_reseller on partners.tie (reseller_partner_id);
create index tie_by_provider on partners.tie (provider_partner_id);

-- The vendor has closed a location for good. Its row, its sales and its earnings stay.
create table partners.closure (
    location_id  integer     primary key,
    partner_id   integer     not null,
    closed_on    date        not null,
    statement    text        not null check (length(statement) between 20 and 2000),
    closed_at    timestamptz not null,
    closed_by    text        not null,
    foreign key (location_id, partner_id) references partners.location (id, partner_id) on update cascade
);
