-- One table of the cube at the extract's finest grain: sums over the rows that belong to it.
INSERT INTO cells BY NAME
SELECT
    $table_number AS table_number,
    measure,
    period,
    CAST({a} AS VARCHAR) AS value1,
    CAST({b} AS VARCHAR) AS value2,
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
        count(*) AS "rows",
        sum(n) AS n,
        sum(x) AS x,
        sum(x * x) AS xx,
        count(*) FILTER (WHERE hidden) AS hidden_at_source
    FROM facts
    WHERE {a} IS NOT NULL AND {b} IS NOT NULL
    GROUP BY measure, period, {a}, {b}
)
