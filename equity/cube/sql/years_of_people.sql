-- All that one person has in one measure, with a column for each year; only of people who are there in several.
CREATE TABLE years_of_people AS
SELECT
    measure,
    person,
    min(low) AS low,
    max(high) AS high{years}
FROM spells_year
WHERE {within}
GROUP BY measure, person
HAVING count(*) > 1
