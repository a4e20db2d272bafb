-- A spell: all that one person has in one measure and period. Where a stratum is the same in the whole spell (as it is for
-- nearly everyone), low = high, and the spell counts as one in that stratum's cell without looking at its rows again.
-- low is null when some row of the spell belongs to no group of that stratum.
CREATE TABLE {spells} AS
SELECT
    measure,
    {period} AS period,
    person,
    sum(n) AS n,
    sum(x) AS x{strata}
FROM {rows}
GROUP BY measure, {period}, person
