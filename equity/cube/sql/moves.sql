-- The stays of movers of whom several groups change, beside what changes in their years.
CREATE TABLE moves AS
SELECT stays.measure, stays.person, stays.period, stays.n, stays.x{strata}
FROM stays_of_movers AS stays
JOIN movers
  ON movers.measure = stays.measure
 AND movers.person = stays.person
WHERE movers.varying = 0
