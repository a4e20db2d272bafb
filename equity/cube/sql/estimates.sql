-- Estimates: a cell is the row itself. A row belongs to the table of the stratifiers that it is in, and to no other.
INSERT INTO graded_cells BY NAME
SELECT
    $table_number AS table_number,
    $grain AS grain,
    {label} AS period,
    measure,
    {value1} AS value1,
    {value2} AS value2,
    1 AS "rows",
    n,
    x,
    x * x AS xx,
    CASE WHEN hidden THEN 1 ELSE 0 END AS hidden_at_source,
    CASE WHEN NOT hidden THEN estimate END AS estimate,
    CASE WHEN NOT hidden THEN se END AS se,
    CASE WHEN NOT hidden THEN lower END AS lower,
    CASE WHEN NOT hidden THEN upper END AS upper,
    population,
    source_row
FROM facts
WHERE {a} IS NOT NULL AND {b} IS NOT NULL AND {belongs}
