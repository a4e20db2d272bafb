-- The spells in which some group changes (a person seen at two sites in one quarter), a row for each combination.
CREATE TABLE {stays} AS
SELECT
    facts.measure,
    spells.period,
    facts.person,
    sum(facts.n) AS n,
    sum(facts.x) AS x{strata}
FROM facts
JOIN {spells} AS spells
  ON facts.measure = spells.measure
 AND facts.person = spells.person
 AND {period} IS NOT DISTINCT FROM spells.period
WHERE NOT facts.hidden
  AND spells.low <> spells.high
GROUP BY facts.measure, spells.period, facts.person{strata}
