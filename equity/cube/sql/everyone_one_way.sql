-- One-way extracts: the zero-way table of a measure is its rows that belong to no stratifier; where it has none, the rows
-- of the stratifier with the largest denominator in all (then the most rows, then the first).
-- {stratum_of_row} is the number of a row's stratifier, 0 for none.
CREATE TABLE everyone_one_way AS
SELECT measure, stratum
FROM (
    SELECT
        measure,
        stratum,
        row_number() OVER (
            PARTITION BY measure
            ORDER BY CASE WHEN stratum = 0 THEN 0 ELSE 1 END, total_n DESC, total_rows DESC, stratum
        ) AS place
    FROM (
        SELECT
            fact.measure,
            {stratum_of_row} AS stratum,
            coalesce(sum(CASE WHEN NOT fact.hidden THEN fact.n END), 0) AS total_n,
            count(*) AS total_rows
        FROM {source} AS fact
        GROUP BY fact.measure, {stratum_of_row}
    ) AS strata
) AS ranked
WHERE place = 1
