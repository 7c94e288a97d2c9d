-- Everybody belongs to one organization: a partner, or the vendor (no partner, written 0 where a key needs a value).
alter table access.user_account
    add partner_id    integer,
    add organization  integer  generated always as (coalesce(partner_id, 0)) stored;
update access.user_account as person
   set partner_id = (select min(partner_id) from access.role_grant where user_id = person.id);
alter table access.user_account add unique (id, organization);
create index user_account_by_organization on access.user_account (organization, id);

-- A role holds for the whole organization, for one location, and incentives roles also for one program alone.
-- Nobody holds a role in an organization that is not theirs.
alter table access.role_grant
    drop constraint role_grant_role_check,
    drop constraint role_grant_check,
    drop constraint role_grant_user_id_role_partner_id_key,
    add location_id   integer,
    add program       text,
    add organization  integer  generated always as (coalesce(partner_id, 0)) stored;
update access.role_grant set role = 'operator' where role = 'vendor-operator';
alter table access.role_grant
    add constraint role_grant_once unique nulls not distinct (user_id, role, location_id, program),
    add constraint role_grant_in_own_organization
        foreign key (user_id, organization) references access.user_account (id, organization),
    add constraint role_grant_role check (role in (
        'global-administrator', 'account-administrator', 'user-administrator', 'incentives-administrator', 'incentives-user',
        'billing-administrator', 'admin-agent', 'sales-agent', 'helpdesk-agent', 'membership-administrator',
        'report-viewer', 'executive-report-viewer',
        'operator', 'program-manager', 'claims-reviewer', 'finance-approver', 'auditor')),
    add constraint role_grant_vendor_role check (
        (partner_id is null) = (role in ('operator', 'program-manager', 'claims-reviewer', 'finance-approver', 'auditor'))),
    add constraint role_grant_location check (
        location_id is null or role in (
            'incentives-administrator', 'incentives-user', 'admin-agent', 'sales-agent', 'helpdesk-agent',
            'report-viewer', 'executive-report-viewer')),
    add constraint role_grant_program check (
        program is null or role in ('incentives-administrator', 'incentives-user'));
