-- Earning lines of all sales, as set operations on joins and windows: the same meaning as the engine, by other means.
-- Written once for DuckDB and PostgreSQL; what differs between them stands in braces.
WITH line AS (
    SELECT s.location, s.seq, s.day, s.customer, s.product, s.quantity, s.amount, s.currency, st.program, st.terms, c.lever,
           CASE WHEN s.disposition <> 0 THEN 1000 + s.disposition
                WHEN st.reason <> 0 THEN st.reason
                ELSE 14 END AS reason
    FROM sale s
    JOIN standing st ON st.location = s.location AND s.day >= st.since AND s.day < st.until
    JOIN customer k ON k.id = s.customer
    LEFT JOIN cell c ON c.terms = st.terms AND c.class = st.class AND c.product = s.product AND c.segment = k.segment
                    AND s.disposition = 0 AND st.reason = 0
    {fence}
), converted AS (
    SELECT l.location, l.seq, l.day, l.customer, l.product, l.quantity, l.program, l.terms, l.lever, fx.rates, fx.month,
           half_up(l.amount * fx.numerator, fx.denominator) AS basis
    FROM line l
    JOIN fx ON fx.terms = l.terms AND fx.currency = l.currency AND fx.day = l.day
    WHERE l.lever IS NOT NULL
    {fence}
), summed AS (
    SELECT c.location, c.seq, c.day, c.customer, c.product, c.quantity, c.program, c.terms, c.lever, c.rates, c.month, c.basis,
           r.by_quantity, r.from1, r.from2, r.from3, r.rate1, r.rate2, r.rate3, r.const1, r.const2, r.const3,
           CAST(running(c.basis) OVER sums AS {int}) AS after,
           CAST(running(c.quantity) OVER sums AS {int}) AS level_after
    FROM converted c
    JOIN rule r ON r.terms = c.terms AND r.lever = c.lever AND r.tiers AND r.growth = 0
    WINDOW sums AS (PARTITION BY c.location, c.terms, c.lever, c.customer * r.tier_by_customer,
                                 (c.month - r.tier_shift) {div} r.tier_months
                    ORDER BY c.seq ROWS UNBOUNDED PRECEDING)
    {fence}
), stepped AS (
    SELECT s.*,
           CASE WHEN measure_before >= from3 THEN 3 WHEN measure_before >= from2 THEN 2
                WHEN measure_before >= from1 THEN 1 ELSE 0 END AS step_before,
           CASE WHEN measure_after >= from3 THEN 3 WHEN measure_after >= from2 THEN 2
                WHEN measure_after >= from1 THEN 1 ELSE 0 END AS step_after
    FROM (SELECT summed.*,
                 CASE WHEN by_quantity THEN level_after ELSE after END AS measure_after,
                 CASE WHEN by_quantity THEN level_after - quantity ELSE after - basis END AS measure_before
          FROM summed {fence}) s
    {fence}
), tiered AS (
    SELECT location, seq, day, customer, product, program, terms, lever, rates, month, basis, after - basis AS before,
           CASE WHEN by_quantity THEN level_after - quantity ELSE 0 END AS level, step_before, step_after,
           CASE step_before WHEN 3 THEN half_up((after - basis) * rate3 + const3, 1000000)
                            WHEN 2 THEN half_up((after - basis) * rate2 + const2, 1000000)
                            WHEN 1 THEN half_up((after - basis) * rate1 + const1, 1000000) ELSE 0 END AS earned_before,
           CASE step_after WHEN 3 THEN half_up(after * rate3 + const3, 1000000)
                           WHEN 2 THEN half_up(after * rate2 + const2, 1000000)
                           WHEN 1 THEN half_up(after * rate1 + const1, 1000000) ELSE 0 END AS earned_after
    FROM stepped
    {fence}
), compared AS (
    SELECT c.location, c.seq, c.day, c.customer, c.product, c.quantity, c.program, c.terms, c.lever, c.rates, c.month, c.basis,
           1 AS sold, c.customer * r.tier_by_customer AS owner, (c.month - r.tier_shift) {div} r.tier_months AS span, r.growth
    FROM converted c
    JOIN rule r ON r.terms = c.terms AND r.lever = c.lever AND r.growth > 0
    UNION ALL
    SELECT s.location, s.seq, s.day, s.customer, s.product, s.quantity, st.program, st.terms, c.lever, fx.rates, fx.month,
           half_up(s.amount * fx.numerator, fx.denominator),
           0, s.customer * r.tier_by_customer, (fx.month - r.tier_shift) {div} r.tier_months, r.growth
    FROM sale s
    JOIN standing st ON st.location = s.location AND s.day >= st.since AND s.day < st.until AND st.watched
    JOIN customer k ON k.id = s.customer
    JOIN cell c ON c.terms = st.terms AND c.class = st.class AND c.product = s.product AND c.segment = k.segment
    JOIN rule r ON r.terms = c.terms AND r.lever = c.lever AND r.growth > 0
    JOIN fx ON fx.terms = st.terms AND fx.currency = s.currency AND fx.day = s.day
    WHERE s.disposition = 0
    {fence}
), counted AS (
    SELECT c.location, c.seq, c.day, c.customer, c.product, c.program, c.terms, c.lever, c.rates, c.month, c.basis, c.owner, c.span,
           0 AS moved, c.sold, c.basis AS more, c.quantity AS more_units, 0 AS base, 0 AS base_units
    FROM compared c
    WHERE c.sold = 1
    UNION ALL
    SELECT c.location, c.seq, m.first, c.customer, c.product, c.program, c.terms, c.lever, c.rates, m.month, c.basis, c.owner,
           c.span + c.growth, 1, 0, 0, 0, c.basis, c.quantity
    FROM compared c
    JOIN rule r ON r.terms = c.terms AND r.lever = c.lever
    JOIN month m ON m.month = (c.span + c.growth) * r.tier_months + r.tier_shift
    {fence}
), against AS (
    SELECT c.*,
           CAST(running(c.more) OVER sums AS {int}) AS more_after,
           CAST(running(c.more_units) OVER sums AS {int}) AS more_units_after,
           CAST(running(c.base) OVER sums AS {int}) AS base_after,
           CAST(running(c.base_units) OVER sums AS {int}) AS base_units_after,
           CAST(running(c.sold) OVER sums AS {int}) AS sold_after
    FROM counted c
    WINDOW sums AS (PARTITION BY c.location, c.terms, c.lever, c.owner, c.span ORDER BY c.seq ROWS UNBOUNDED PRECEDING)
    {fence}
), above AS (
    SELECT a.*, a.base_after - a.base AS base_before,
           a.more_after - a.more - greatest(0, a.base_after - a.base) AS above_before,
           a.more_after - greatest(0, a.base_after) AS above_after,
           a.more_units_after - greatest(0, a.base_units_after) AS units_above
    FROM against a
    {fence}
), grown AS (
    SELECT a.*,
           CASE WHEN above_before <= 0 THEN 0
                WHEN above_before >= r.from3 THEN half_up(above_before * r.rate3 + r.const3, 1000000)
                WHEN above_before >= r.from2 THEN half_up(above_before * r.rate2 + r.const2, 1000000)
                WHEN above_before >= r.from1 THEN half_up(above_before * r.rate1 + r.const1, 1000000) ELSE 0 END AS earned_before,
           CASE WHEN above_after <= 0 THEN 0
                WHEN above_after >= r.from3 THEN half_up(above_after * r.rate3 + r.const3, 1000000)
                WHEN above_after >= r.from2 THEN half_up(above_after * r.rate2 + r.const2, 1000000)
                WHEN above_after >= r.from1 THEN half_up(above_after * r.rate1 + r.const1, 1000000) ELSE 0 END AS earned_after
    FROM above a
    JOIN rule r ON r.terms = a.terms AND r.lever = a.lever
    {fence}
), uncapped AS (
    SELECT t.location, t.seq, t.day, t.customer, t.product, t.program, t.terms, t.lever, t.rates, t.month, t.basis, t.before,
           t.level, CASE WHEN t.step_after = 0 THEN 16 WHEN t.step_after <> t.step_before THEN 2 ELSE 1 END AS reason,
           t.earned_before, t.earned_after - t.earned_before AS amount, 0 AS moved, r.caps, r.cap1, r.cap2,
           t.customer * r.cap1_by_customer AS cap1_customer, (t.month - r.cap1_shift) {div} r.cap1_months AS cap1_span,
           t.customer * r.cap2_by_customer AS cap2_customer, (t.month - r.cap2_shift) {div} r.cap2_months AS cap2_span
    FROM tiered t
    JOIN rule r ON r.terms = t.terms AND r.lever = t.lever
    UNION ALL
    SELECT c.location, c.seq, c.day, c.customer, c.product, c.program, c.terms, c.lever, c.rates, c.month, c.basis, 0, 0, 1, 0,
           CASE WHEN r.by_quantity THEN half_up(c.quantity * r.rate1, 1000000) ELSE half_up(c.basis * r.rate1, 1000000) END,
           0, r.caps, r.cap1, r.cap2,
           c.customer * r.cap1_by_customer, (c.month - r.cap1_shift) {div} r.cap1_months,
           c.customer * r.cap2_by_customer, (c.month - r.cap2_shift) {div} r.cap2_months
    FROM converted c
    JOIN rule r ON r.terms = c.terms AND r.lever = c.lever AND NOT r.tiers
    UNION ALL
    SELECT g.location, g.seq, g.day, g.customer, g.product, g.program, g.terms, g.lever, g.rates, g.month, g.basis,
           g.above_before, g.base_before,
           CASE WHEN g.moved = 1 THEN 5 WHEN g.above_after > 0 OR g.units_above > 0 THEN 1 ELSE 20 END,
           g.earned_before, g.earned_after - g.earned_before, g.moved, r.caps, r.cap1, r.cap2,
           g.customer * r.cap1_by_customer, (g.month - r.cap1_shift) {div} r.cap1_months,
           g.customer * r.cap2_by_customer, (g.month - r.cap2_shift) {div} r.cap2_months
    FROM grown g
    JOIN rule r ON r.terms = g.terms AND r.lever = g.lever
    WHERE g.moved = 0 OR (g.sold_after > 0 AND g.earned_after <> g.earned_before)
    {fence}
), once_summed AS (
    SELECT u.*, CAST(running(u.amount) OVER sums AS {int}) AS cap1_after
    FROM uncapped u
    WHERE u.caps >= 1
    WINDOW sums AS (PARTITION BY u.location, u.terms, u.lever, u.cap1_customer, u.cap1_span
                    ORDER BY u.seq, u.moved ROWS UNBOUNDED PRECEDING)
    {fence}
), once_capped AS (
    SELECT o.*, least(cap1_after - amount, cap1) AS cap1_earned, least(cap1_after, cap1) - least(cap1_after - amount, cap1) AS cap1_amount
    FROM once_summed o
    {fence}
), twice_capped AS (
    SELECT t.*, least(cap2_after - cap1_amount, cap2) AS cap2_earned,
           least(cap2_after, cap2) - least(cap2_after - cap1_amount, cap2) AS cap2_amount
    FROM (SELECT o.*, CAST(running(o.cap1_amount) OVER sums AS {int}) AS cap2_after
          FROM once_capped o
          WHERE o.caps = 2
          WINDOW sums AS (PARTITION BY o.location, o.terms, o.lever, o.cap2_customer, o.cap2_span
                          ORDER BY o.seq, o.moved ROWS UNBOUNDED PRECEDING)
          {fence}) t
    {fence}
), capped AS (
    SELECT location, seq, day, customer, product, program, terms, lever, reason, rates, basis, before, level,
           amount AS uncapped, amount, earned_before, true AS tier_before
    FROM uncapped WHERE caps = 0
    UNION ALL
    SELECT location, seq, day, customer, product, program, terms, lever, reason, rates, basis, before, level,
           amount, cap1_amount, cap1_earned, false
    FROM once_capped WHERE caps = 1
    UNION ALL
    SELECT location, seq, day, customer, product, program, terms, lever, reason, rates, basis, before, level,
           amount, cap2_amount, cap2_earned, false
    FROM twice_capped
)
SELECT c.location, c.seq, c.day, c.customer, c.product, c.program, c.terms, c.lever,
       CASE WHEN c.reason = 5 THEN 5
            WHEN c.amount <> c.uncapped AND c.amount = 0 THEN 17
            WHEN c.amount <> c.uncapped THEN 3
            WHEN c.amount = 0 AND c.reason = 1 THEN 18
            ELSE c.reason END AS reason,
       c.rates, c.basis,
       CASE WHEN c.tier_before OR r.tiers THEN c.before ELSE c.earned_before END AS before,
       c.level, c.uncapped - c.amount AS withheld, c.amount,
       half_up((c.earned_before + c.amount) * r.rebate, 1000000) - half_up(c.earned_before * r.rebate, 1000000) AS rebate
FROM capped c
JOIN rule r ON r.terms = c.terms AND r.lever = c.lever
UNION ALL
SELECT location, seq, day, customer, product, program, terms, 0, reason, 0, 0, 0, 0, 0, 0, 0
FROM line
WHERE lever IS NULL
