-- A temporary password opens one session, in which it is replaced.
alter table access.password
    add used_at timestamptz,
    add constraint password_used_while_temporary check (used_at is null or expires_at is not null);

-- What an address looks like (Unicode UTS 39): two addresses that look alike do not stand beside each other when one of
-- them is written with more than ASCII. For ASCII in small letters the skeleton is this; null once the address is free.
alter table access.user_account add skeleton text;
update access.user_account
   set skeleton = replace(replace(translate(email, '01|`', 'Oll'''), 'm', 'rn'), '%', '°/₀');
create index user_account_by_skeleton on access.user_account (skeleton);
create index user_account_by_name on access.user_account (organization, lower(name), id);

-- Who is closed cannot sign in. Opened again, the row goes; the book of acts keeps what happened.
create table access.closure (
    user_id     integer     primary key references access.user_account,
    kind        text        not null check (kind in ('deactivated', 'removed-from-center', 'removed-from-organization')),
    closed_at   timestamptz not null,
    closed_by   text        not null
);

-- Users of one partner who hold the same roles. Who is a global administrator is said of a person, never of a group.
create table access.user_group (
    id          integer     generated always as identity primary key,
    partner_id  integer     not null,
    name        text        not null check (length(name) between 1 and 100),
    created_at  timestamptz not null,
    created_by  text        not null,
    unique (id, partner_id)
);
create unique index user_group_by_name on access.user_group (partner_id, lower(name));

create table access.group_grant (
    group_id     integer     not null,
    partner_id   integer     not null,
    role         text        not null check (role in (
        'account-administrator', 'user-administrator', 'incentives-administrator', 'incentives-user',
        'billing-administrator', 'admin-agent', 'sales-agent', 'helpdesk-agent', 'membership-administrator',
        'report-viewer', 'executive-report-viewer')),
    location_id  integer     check (location_id is null or role in (
        'incentives-administrator', 'incentives-user', 'admin-agent', 'sales-agent', 'helpdesk-agent',
        'report-viewer', 'executive-report-viewer')),
    program      text        check (program is null or role in ('incentives-administrator', 'incentives-user')),
    granted_at   timestamptz not null,
    granted_by   text        not null,
    foreign key (group_id, partner_id) references access.user_group (id, partner_id) on delete cascade,
    unique nulls not distinct (group_id, role, location_id, program)
);

create table access.group_member (
    group_id    integer     not null,
    user_id     integer     not null,
    partner_id  integer     not null,
    added_at    timestamptz not null,
    added_by    text        not null,
    primary key (group_id, user_id),
    foreign key (group_id, partner_id) references access.user_group (id, partner_id) on delete cascade,
    foreign key (user_id, partner_id) references access.user_account (id, organization)
);
create index group_member_by_user on access.group_member (user_id);

-- Somebody who may make themselves a user, by a link that is kept as its SHA-256 only. Withdrawn, the row goes.
create table access.invitation (
    id           integer     generated always as identity primary key,
    partner_id   integer     not null,
    email        text        not null check (email = lower(email) and length(email) <= 254),
    token_hash   text        not null unique,
    invited_at   timestamptz not null,
    invited_by   text        not null,
    expires_at   timestamptz not null,
    accepted_at  timestamptz
);
create unique index invitation_pending on access.invitation (partner_id, email) where accepted_at is null;

create table access.invitation_grant (
    invitation_id  integer  not null references access.invitation on delete cascade,
    role           text     not null,
    location_id    integer,
    program        text,
    unique nulls not distinct (invitation_id, role, location_id, program)
);
