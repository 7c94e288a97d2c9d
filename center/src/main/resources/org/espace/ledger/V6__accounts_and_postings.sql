create schema ledger;

-- A path such as partner:42:csp:rebate:accrued. The location, where there is one, is repeated for row-level security.
create table ledger.account (
    id           integer generated always as identity primary key,
    path         text    not null unique check (path ~ '^[a-z0-9-]+(:[a-z0-9.-]+)+$'),
    location_id  integer
);
create index account_by_location on ledger.account (location_id);

-- An amount goes from one account to another: every row is balanced by its shape, and no row ever changes.
create table ledger.posting (
    id         bigint      generated always as identity primary key,
    reference  text        not null unique check (length(reference) between 1 and 200),
    debit      integer     not null references ledger.account,
    credit     integer     not null references ledger.account,
    amount     numeric     not null check (amount > 0),
    currency   char(3)     not null,
    posted_at  timestamptz not null,
    check (debit <> credit)
);
create index posting_by_debit on ledger.posting (debit, currency) include (amount);
create index posting_by_credit on ledger.posting (credit, currency) include (amount);

create function ledger.forbid_change() returns trigger language plpgsql as $$
begin
    raise exception 'postings are never changed: post the reverse';
end $$;
create trigger postings_are_append_only before update or delete or truncate on ledger.posting
    for each statement execute function ledger.forbid_change();

create view ledger.balance as
select account.id as account_id, account.path, account.location_id, side.currency, sum(side.amount) as amount
from ledger.account
join (
    select credit as account_id, currency, amount from ledger.posting
    union all
    select debit, currency, -amount from ledger.posting
) side on side.account_id = account.id
group by account.id, side.currency;
