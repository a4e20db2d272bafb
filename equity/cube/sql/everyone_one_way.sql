-- One-way extracts: the zero-way table of a measure is its rows that belong to no stratifier; where it has none, the rows
-- of the stratifier with the largest denominator in all (then the most rows, then the first).
-- {stratum_of_row} is the number of a row's stratifier, 0 for none.
UPDATE facts
SET everyone = NULL
FROM (
    SELECT
        measure,
        stratum,
        row_number() OVER (
            PARTITION BY measure
            ORDER BY stratum = 0 DESC, total_n DESC, total_rows DESC, stratum
        ) AS place
    FROM (
        SELECT measure, {stratum_of_row} AS stratum, coalesce(sum(n), 0) AS total_n, count(*) AS total_rows
        FROM facts
        GROUP BY ALL
    )
) AS candidate
WHERE candidate.place = 1
  AND facts.measure = candidate.measure
  AND {stratum_of_row} <> candidate.stratum
