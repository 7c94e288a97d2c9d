-- An address is somebody's everywhere: whoever adds a user has to know which are taken, also in a request that sees the rows
-- of one partner only. These tell that and nothing more.
create function access.taken(emails text[]) returns setof text
    language sql stable security definer set search_path = access, pg_temp
    as 'select email from user_account where email = any (emails)';

create function access.lookalikes(skeletons text[]) returns table (skeleton text, email text)
    language sql stable security definer set search_path = access, pg_temp
    as 'select skeleton, email from user_account where user_account.skeleton = any (skeletons)';
