-- Whether anybody outside the organization has an address in this domain: asked on behalf of one organization, which
-- otherwise sees nobody else, and answered by yes or no.
create function access.is_domain_of_others(domain text, partner integer) returns boolean
    language sql stable security definer set search_path = access, pg_temp
    as $$
        select exists (
            select from access.user_account
            where split_part(email, '@', 2) = domain and organization <> partner)
    $$;
create index user_account_by_domain on access.user_account (split_part(email, '@', 2));
