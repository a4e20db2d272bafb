-- The rows of the spells in which some stratum changes (a person seen at two sites in one quarter), with what changes.
CREATE TABLE {wandering} AS
SELECT
    facts.measure,
    spells.period,
    facts.person,
    facts.n,
    facts.x{strata}
FROM facts
JOIN {spells} AS spells
  ON facts.measure = spells.measure
 AND facts.person = spells.person
 AND {period} IS NOT DISTINCT FROM spells.period
WHERE NOT facts.hidden
  AND ({any_varies})
