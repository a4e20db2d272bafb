-- The same people, a row for each: the groups that hold in all years (null for those that change), and which do not hold.
CREATE TABLE movers AS
SELECT measure, person{strata}
FROM stays_of_movers
GROUP BY measure, person
