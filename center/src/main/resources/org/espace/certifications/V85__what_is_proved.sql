create schema certifications;

-- What somebody can be certified in. Without months it holds for ever.
create table certifications.certification (
    code        text        primary key check (code ~ '^[a-z][a-z0-9-]{1,59}$'),
    english     text        not null check (length(english) between 1 and 200),
    french      text        not null check (length(french) between 1 and 200),
    level       text        not null check (level in ('fundamentals', 'intermediate', 'advanced')),
    provider    text        not null check (length(provider) between 1 and 200),
    months      integer     check (months between 1 and 120),
    added_at    timestamptz not null,
    added_by    text        not null
);

-- The way there, in its order.
create table certifications.step (
    certification  text     not null references certifications.certification,
    number         integer  not null check (number > 0),
    english        text     not null check (length(english) between 1 and 500),
    french         text     not null check (length(french) between 1 and 500),
    primary key (certification, number)
);

-- Where and when it is taught or examined, and for how many.
create table certifications.session (
    id             integer     generated always as identity primary key,
    certification  text        not null references certifications.certification,
    place          text        not null check (length(place) between 1 and 200),
    begins_at      timestamptz not null,
    seats          integer     not null check (seats between 1 and 10000),
    added_at       timestamptz not null,
    added_by       text        not null,
    unique (certification, place, begins_at)
);

-- Competencies, designations and specializations, as the vendor has written them; never changed once published. Of one
-- code the version counts that became effective last.
create table certifications.definition (
    code          text        not null check (code ~ '^[a-z][a-z0-9-]{1,59}$'),
    version       text        not null check (length(version) between 1 and 40),
    kind          text        not null check (kind in ('competency', 'designation', 'specialization')),
    effective     date        not null,
    source        text        not null,
    sha256        text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
    published_at  timestamptz not null,
    published_by  text        not null,
    primary key (code, version),
    unique (code, effective)
);

-- A person who learns, whatever account they have and wherever they work.
create table certifications.learner (
    id        integer     generated always as identity primary key,
    known_at  timestamptz not null
);

-- With which account, and so for which company, a person counts: half-open, and for one company at a time.
create table certifications.stay (
    id          integer  generated always as identity primary key,
    learner_id  integer  not null references certifications.learner,
    user_id     integer  not null,
    partner_id  integer  not null,
    since       date     not null,
    until       date     check (since <= until),
    constraint one_company_at_a_time exclude using gist (learner_id with =, daterange(since, until) with &&),
    constraint one_person_per_account exclude using gist (user_id with =, daterange(since, until) with &&)
);
create index stay_by_partner on certifications.stay (partner_id, learner_id);
create index stay_by_user on certifications.stay (user_id);

-- Somebody has signed up for a certification. Given up, the row goes.
create table certifications.sign_up (
    learner_id     integer     not null references certifications.learner,
    certification  text        not null references certifications.certification,
    partner_id     integer     not null,
    signed_up_at   timestamptz not null,
    primary key (learner_id, certification)
);

-- A seat of a session. Cancelled, the row goes and the seat is free.
create table certifications.booking (
    session_id  integer     not null references certifications.session,
    learner_id  integer     not null references certifications.learner,
    partner_id  integer     not null,
    booked_at   timestamptz not null,
    primary key (session_id, learner_id)
);
create index booking_by_learner on certifications.booking (learner_id);

-- Somebody has passed. Half-open; without an end it holds for ever.
create table certifications.result (
    id             integer     generated always as identity primary key,
    learner_id     integer     not null references certifications.learner,
    certification  text        not null references certifications.certification,
    passed_on      date        not null,
    expires_on     date        check (passed_on < expires_on),
    source         text        not null check (length(source) between 1 and 200),
    recorded_at    timestamptz not null,
    recorded_by    text        not null,
    unique (learner_id, certification, passed_on)
);

-- A result counts no longer from this day on.
create table certifications.withdrawal (
    result_id     integer     primary key references certifications.result,
    withdrawn_on  date        not null,
    reason        text        not null check (length(reason) between 1 and 1000),
    withdrawn_at  timestamptz not null,
    withdrawn_by  text        not null
);

-- What a provider counts of a company: it holds from its day until the next one. A later row for the same day corrects the
-- earlier one, which stays.
create table certifications.measure (
    id           integer        generated always as identity primary key,
    partner_id   integer        not null,
    area         text           not null,
    figure       text           not null,
    day          date           not null,
    value        numeric(18, 6) not null,
    source       text           not null,
    recorded_at  timestamptz    not null,
    recorded_by  text           not null
);
create index measure_latest on certifications.measure (partner_id, area, figure, day desc, id desc);

-- A company has attained a competency: half-open, one level at a time.
create table certifications.attainment (
    id           integer     generated always as identity primary key,
    partner_id   integer     not null,
    kind         text        not null check (kind in ('competency', 'designation', 'specialization')),
    code         text        not null,
    version      text        not null,
    level        text,
    since        date        not null,
    until        date        check (since <= until),
    payment      text        check (length(payment) between 1 and 200),
    attained_at  timestamptz not null,
    attained_by  text        not null,
    foreign key (code, version) references certifications.definition,
    constraint one_level_at_a_time exclude using gist (partner_id with =, code with =, daterange(since, until) with &&)
);

do $$
declare
    shared text;
    known_here text := 'learner_id in (select stay.learner_id from certifications.stay)';
begin
    foreach shared in array array['certification', 'step', 'session', 'definition'] loop
        call web.read_by_partners(('certifications.' || shared)::regclass);
    end loop;
    call web.rows_of_partner('certifications.stay', 'partner_id = web.partner()', 'select, insert, update');
    call web.rows_of_partner('certifications.learner',
        'id in (select stay.learner_id from certifications.stay)', 'select');
    call web.rows_of_partner('certifications.sign_up', 'partner_id = web.partner()', 'select, delete');
    call web.rows_of_partner('certifications.booking', 'partner_id = web.partner()', 'select, delete');
    call web.rows_of_partner('certifications.result', known_here, 'select');
    call web.rows_of_partner('certifications.withdrawal',
        'result_id in (select result.id from certifications.result)', 'select');
    call web.rows_of_partner('certifications.measure', 'partner_id = web.partner()', 'select');
    call web.rows_of_partner('certifications.attainment', 'partner_id = web.partner()', 'select, insert, update');
end $$;
