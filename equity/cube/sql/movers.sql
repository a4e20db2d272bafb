-- The same people, a row for each: the groups that hold in all years (null for those that change), which do not hold, and the
-- number of the only one that does not (0 where several change).
CREATE TABLE movers AS
SELECT *, {varying} AS varying
FROM (
    SELECT measure, person{strata}
    FROM stays_of_movers
    GROUP BY measure, person
) AS each_person
