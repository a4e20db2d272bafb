-- One block: sums over the rows, split by several stratifiers at once.
CREATE OR REPLACE TABLE block AS
SELECT
    measure,
    period,
    {everyone} AS everyone,
    CAST('' AS everyone_names) AS unsplit,
    count(*) AS "rows",
    sum(n) AS n,
    sum(x) AS x,
    sum(x * x) AS xx,
    count(*) FILTER (WHERE hidden) AS hidden_at_source{columns}
FROM facts
GROUP BY measure, period{keys}
