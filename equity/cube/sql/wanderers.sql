-- The same spells, a row for each: the groups that hold in all of it (null for those that change), and which do not hold.
CREATE TABLE {wanderers} AS
SELECT
    measure,
    period,
    person,
    sum(n) AS n,
    sum(x) AS x{strata}
FROM {stays}
GROUP BY measure, period, person
