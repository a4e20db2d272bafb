-- The people of whom some group changes over the years: a row for each year and combination that they were of.
CREATE TABLE stays_of_movers AS
SELECT
    facts.measure,
    facts.person,
    {year} AS period,
    sum(facts.n) AS n,
    sum(facts.x) AS x{strata}
FROM facts
JOIN years_of_people AS years
  ON years.measure = facts.measure
 AND years.person = facts.person
WHERE NOT facts.hidden
  AND {within}
  AND years.low <> years.high
GROUP BY facts.measure, facts.person, {year}{strata}
