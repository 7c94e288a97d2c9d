-- The third wall. A request about one partner works as a role that sees the rows of that partner and no others, whatever
-- its queries say. Everything else (the console, commands, tasks, sessions) works as the owner of the tables, whom policies
-- do not concern. What is not named here the role cannot touch at all: a new table says in its own migration whose its
-- rows are, by calling one of the procedures below. TablesTest holds every table to that.
do $$
begin
    if not exists (select from pg_roles where rolname = 'espace_partner') then
        create role espace_partner nologin;
    end if;
exception
    when duplicate_object or unique_violation then null;   -- another instance on this server was faster
end $$;
do $$
begin
    if not pg_has_role(current_user, 'espace_partner', 'set') then
        execute format('grant espace_partner to %I with inherit false, set true', current_user);
    end if;
end $$;

-- The partner that the connection works for now; null for none, and then the role sees nothing.
create function web.partner() returns integer language sql stable
    return nullif(current_setting('espace.partner', true), '')::integer;

-- Rows that belong to one partner: the rule says which are visible, and may be written.
create procedure web.rows_of_partner(whose regclass, rule text, rights text default 'select, insert, update, delete')
    language plpgsql as $$
begin
    execute format('alter table %s enable row level security', whose);
    execute format('create policy rows_of_partner on %s to espace_partner using (%s) with check (%s)', whose, rule, rule);
    execute format('grant %s on %s to espace_partner', rights, whose);
    execute format('grant usage on schema %I to espace_partner', (
        select nspname from pg_class join pg_namespace on pg_namespace.oid = relnamespace where pg_class.oid = whose));
end $$;

-- What is the same for every partner, and of which a request about one may read all.
create procedure web.read_by_partners(shared regclass) language plpgsql as $$
begin
    execute format('grant select on %s to espace_partner', shared);
    execute format('grant usage on schema %I to espace_partner', (
        select nspname from pg_class join pg_namespace on pg_namespace.oid = relnamespace where pg_class.oid = shared));
end $$;

-- What queries of a partner's pages may name, and of which they find nothing.
create procedure web.empty_for_partners(hidden regclass) language plpgsql as $$
begin
    execute format('alter table %s enable row level security', hidden);
    call web.read_by_partners(hidden);
end $$;

grant usage on schema web to espace_partner;

-- What a partner's request sets going: news for other rooms, and tasks. The libraries that own these tables name their columns.
alter table web.event_publication add partner_id integer default web.partner();
alter table web.scheduled_tasks add partner_id integer default web.partner();
call web.rows_of_partner('web.event_publication', 'partner_id = web.partner()');
call web.rows_of_partner('web.scheduled_tasks', 'partner_id = web.partner()');

do $$
declare
    own text := 'partner_id = web.partner()';
    at_own_location text :=
        'location_id in (select location.id from partners.location where location.partner_id = web.partner())';
    of_own_user text :=
        'user_id in (select person.id from access.user_account person where person.partner_id = web.partner())';
    name text;
begin
    -- Who the partner is. Of a partner that it is tied to it sees the name, and of its locations the tied one.
    call web.rows_of_partner('partners.partner', 'id = web.partner()');
    call web.rows_of_partner('partners.location', own);
    call web.rows_of_partner('partners.tie', 'web.partner() in (reseller_partner_id, provider_partner_id)');
    create policy tied_partners on partners.partner for select to espace_partner using (id in (
        select reseller_partner_id from partners.tie union all select provider_partner_id from partners.tie));
    create policy tied_locations on partners.location for select to espace_partner using (id in (
        select reseller_location_id from partners.tie union all select provider_location_id from partners.tie));
    foreach name in array array[
        'partners.profile', 'partners.contact', 'partners.registration', 'partners.transacting_id', 'partners.closure',
        'partners.application', 'partners.verification', 'partners.verdict', 'partners.appeal',
        'agreements.signature', 'agreements.ending']
    loop
        call web.rows_of_partner(name::regclass, own);
    end loop;

    -- Its people, and its machines.
    foreach name in array array[
        'access.user_account', 'access.role_grant', 'access.user_group', 'access.group_grant', 'access.group_member',
        'access.invitation', 'access.roster', 'onboarding.set_up', 'onboarding.listed_user',
        'federation.scim_token', 'federation.provisioned_user', 'federation.provisioned_group', 'federation.api_client',
        'federation.provider', 'federation.provider_domain', 'federation.subject']
    loop
        call web.rows_of_partner(name::regclass, own);
    end loop;
    call web.rows_of_partner('access.password', of_own_user);
    call web.rows_of_partner('access.closure', of_own_user);
    call web.rows_of_partner('access.invitation_grant',
        'invitation_id in (select invitation.id from access.invitation where invitation.partner_id = web.partner())');
    foreach name in array array['access.roster_row', 'access.roster_fault'] loop
        call web.rows_of_partner(name::regclass,
            'roster_id in (select roster.id from access.roster where roster.partner_id = web.partner())');
    end loop;
    call web.rows_of_partner('federation.api_secret',
        'client_id in (select client.id from federation.api_client client where client.partner_id = web.partner())');
    call web.rows_of_partner('federation.access_token',
        'secret_id in (select secret.id from federation.api_secret secret
            join federation.api_client client on client.id = secret.client_id where client.partner_id = web.partner())');

    -- How its people sign in.
    foreach name in array array['signin.authenticator', 'signin.recovery_code', 'signin.passkey_owner', 'signin.reset'] loop
        if to_regclass(name) is not null then
            call web.rows_of_partner(name::regclass, of_own_user);
        end if;
    end loop;
    if to_regclass('partners.address_proof') is not null then
        call web.rows_of_partner('partners.address_proof'::regclass, own);
    end if;
    if to_regclass('signin.passkey') is not null then
        call web.rows_of_partner('signin.rule'::regclass, own);
        call web.rows_of_partner('signin.passkey'::regclass,
            'handle in (select owner.handle from signin.passkey_owner owner where owner.' || of_own_user || ')');
    end if;

    -- What it has joined, sold and earned: to read. A refresh, a load or the vendor writes it.
    foreach name in array array[
        'enrollment.enrollment', 'enrollment.listing', 'enrollment.holding', 'enrollment.plan',
        'sales.refused_total', 'earnings.sales_total', 'earnings.earning_total', 'earnings.sales_change',
        'earnings.earning_change', 'earnings.run_cause', 'earnings.footing', 'earnings.simulation_result',
        'earnings.adjustment', 'ledger.account']
    loop
        call web.rows_of_partner(name::regclass, at_own_location, 'select');
    end loop;
    call web.rows_of_partner('earnings.adjustment_decision',
        'adjustment_id in (select adjustment.id from earnings.adjustment where adjustment.' || at_own_location || ')',
        'select');
    call web.rows_of_partner('ledger.posting',
        'exists (select from ledger.account where account.id in (debit, credit) and account.' || at_own_location || ')',
        'select');
    alter view ledger.balance set (security_invoker = true);
    grant select on ledger.balance to espace_partner;

    -- What was done for it. The chain's end is another's, so it is read by audit.head().
    call web.rows_of_partner('audit.entry', own, 'select, insert');
    create policy acts_of_the_vendor on audit.entry for insert to espace_partner with check (partner_id is null);

    -- Mail is kept, and not read.
    alter table notices.mail enable row level security;
    create policy mail_is_kept on notices.mail for insert to espace_partner with check (true);
    grant insert on notices.mail to espace_partner;
    grant usage on schema notices to espace_partner;

    -- What is everybody's: promises, products, the names of customers, and which runs and files there are.
    foreach name in array array[
        'programs.program', 'programs.terms', 'customers.customer', 'sales.product', 'sales.disposition',
        'sales.line_kind', 'sales.load', 'sales.sales_file', 'sales.rate_set', 'sales.exchange_rate', 'earnings.run',
        'earnings.run_load', 'earnings.earning_file', 'earnings.period', 'agreements.text']
    loop
        call web.read_by_partners(name::regclass);
    end loop;

    -- Sums over all partners.
    call web.empty_for_partners('earnings.period_total');
end $$;
