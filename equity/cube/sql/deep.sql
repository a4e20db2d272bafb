-- A question that the cube has no table for, put to the rows of the extract.
WITH asked AS (
    SELECT
        measure,
        {period} AS period,
        {value1} AS value1,
        {value2} AS value2,
        CASE WHEN NOT hidden THEN x END AS x,
        n,
        CASE WHEN NOT hidden THEN n END AS n_seen,
        hidden,
        {person} AS person{filters}
    FROM read_parquet($extract, file_row_number = true)
    WHERE measure IN ({measures}){where}
),
each_person AS (
    SELECT
        measure,
        period,
        value1,
        value2,
        person{filter_names},
        count(*) AS "rows",
        sum(n) AS n,
        sum(n_seen) AS n_seen,
        sum(x) AS x,
        sum(x * x) AS xx,
        count(*) FILTER (WHERE hidden) AS hidden_at_source,
        person IS NOT NULL AND count(*) FILTER (WHERE NOT hidden) > 0 AS counts
    FROM asked
    WHERE period IS NOT NULL
    GROUP BY measure, period, value1, value2, person{filter_names}
)
SELECT
    measure,
    {span} AS period,
    value1,
    value2,
    CAST(sum("rows") AS BIGINT) AS "rows",
    CASE WHEN sum(hidden_at_source) < sum("rows") THEN coalesce(sum(n), 0) ELSE 0 END AS n,
    coalesce(sum(x), 0) AS x,
    coalesce(sum(xx), 0) AS xx,
    count(*) FILTER (WHERE counts) AS people,
    coalesce(sum(x * x) FILTER (WHERE counts), 0) AS person_xx,
    coalesce(sum(x * n_seen) FILTER (WHERE counts), 0) AS person_xn,
    coalesce(sum(n_seen * n_seen) FILTER (WHERE counts), 0) AS person_nn,
    CAST(sum(hidden_at_source) AS BIGINT) AS hidden_at_source
FROM each_person
GROUP BY ALL
