-- The cells of one grain out of those of the finest: sums simply add.
INSERT INTO graded_cells BY NAME
SELECT
    $grain AS grain,
    {label} AS period,
    table_number,
    measure,
    value1,
    value2,
    sum("rows") AS "rows",
    coalesce(sum(n), 0) AS n,
    coalesce(sum(x), 0) AS x,
    coalesce(sum(xx), 0) AS xx,
    sum(hidden_at_source) AS hidden_at_source
FROM cells
WHERE {has_period}
GROUP BY ALL
