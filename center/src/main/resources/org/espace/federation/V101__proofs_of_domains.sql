-- Several organizations may name a domain; the one that proves that it is theirs signs its addresses in. What proves it is
-- the challenge in a TXT record of the domain.
alter table federation.provider_domain
    drop constraint provider_domain_pkey,
    add primary key (partner_id, domain),
    add challenge text not null default replace(gen_random_uuid()::text, '-', '');

create table federation.domain_proof (
    domain      text         primary key,
    partner_id  integer      not null,
    reason      text         check (length(reason) between 10 and 500),  -- by hand; null for what the TXT record says
    proved_at   timestamptz  not null,
    proved_by   text         not null,
    foreign key (partner_id, domain) references federation.provider_domain on delete cascade
);
call web.rows_of_partner('federation.domain_proof', 'partner_id = web.partner()');
