-- The stays of movers beside what changes in their years.
CREATE TABLE moves AS
SELECT stays.measure, stays.person, stays.period, stays.n, stays.x{strata}
FROM stays_of_movers AS stays
JOIN movers
  ON movers.measure = stays.measure
 AND movers.person = stays.person
