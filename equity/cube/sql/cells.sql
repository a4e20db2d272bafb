-- One table of the cube at the extract's finest grain: added up from the cells of its block.
INSERT INTO cells BY NAME
SELECT
    $table_number AS table_number,
    measure,
    period,
    {value1} AS value1,
    {value2} AS value2,
    "rows",
    n,
    x,
    xx,
    hidden_at_source
FROM (
    SELECT
        measure,
        period,
        {a},
        {b},
        sum("rows") AS "rows",
        sum(n) AS n,
        sum(x) AS x,
        sum(xx) AS xx,
        sum(hidden_at_source) AS hidden_at_source
    FROM block
    WHERE {a} IS NOT NULL AND {b} IS NOT NULL
    GROUP BY measure, period, {a}, {b}
) AS summed
