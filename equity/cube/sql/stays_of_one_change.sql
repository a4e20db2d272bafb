-- The people of whom one group changes over the years: a row for each group that they were of, with a column for each year.
-- All their other groups hold, so that this is what each table split by the one that changes needs of them.
CREATE TABLE stays_of_one_change AS
SELECT stays.measure, stays.person, movers.varying{strata}{years}
FROM stays_of_movers AS stays
JOIN movers
  ON movers.measure = stays.measure
 AND movers.person = stays.person
WHERE movers.varying > 0
GROUP BY stays.measure, stays.person, movers.varying{strata}
