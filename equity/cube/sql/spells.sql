-- A spell: all that one person has in one measure and period. A combination is a row's groups in all stratifiers at once, so a
-- spell whose lowest and highest are the same is of one group in each stratifier, as nearly everyone's are.
CREATE TABLE {spells} AS
SELECT
    measure,
    {period} AS period,
    person,
    min({low}) AS low,
    max({high}) AS high,
    sum(n) AS n,
    sum(x) AS x
FROM {rows}
GROUP BY measure, {period}, person
