-- What an operator has proposed to add to, or take from, what a location has earned. It has neither customer nor sale.
create table earnings.adjustment (
    id           integer     generated always as identity primary key,
    location_id  integer     not null,
    program      text        not null,
    type         text        not null check (type in ('REBATE', 'COOP')),
    month        date        not null check (extract(day from month) = 1),   -- that it applies to
    amount       numeric     not null check (amount <> 0),
    currency     char(3)     not null,
    reason       text        not null check (reason in (
                     'AR_COMPLIANCE', 'COOP_ROLLOVER', 'OPS_ADJUSTMENT', 'OPS_INCORRECT_CALCULATION',
                     'OPS_INCORRECT_ENROLLMENT', 'PARTNER_MAPPING', 'POLICY_EXCEPTION', 'PREVIOUS_PERIOD')),
    cause        text        not null check (length(cause) between 1 and 2000),
    line         text,                                                       -- the earning line that it corrects
    proposed_by  text        not null,
    proposed_at  timestamptz not null,
    unique (id, proposed_by)
);
create index adjustment_by_location on earnings.adjustment (location_id);

-- An adjustment is decided once, and by somebody else than who has proposed it.
create table earnings.adjustment_decision (
    adjustment_id  integer     primary key,
    proposed_by    text        not null,
    verdict        text        not null check (verdict in ('APPROVED', 'REJECTED')),
    booked         date        check ((verdict = 'APPROVED') = (booked is not null)),   -- whose statement it stands in
    decided_by     text        not null,
    decided_at     timestamptz not null,
    constraint four_eyes check (lower(decided_by) <> lower(proposed_by)),
    foreign key (adjustment_id, proposed_by) references earnings.adjustment (id, proposed_by)
);
create trigger adjustments_are_append_only before update or delete or truncate on earnings.adjustment
    for each statement execute function earnings.forbid_change();
create trigger decisions_are_final before update or delete or truncate on earnings.adjustment_decision
    for each statement execute function earnings.forbid_change();
