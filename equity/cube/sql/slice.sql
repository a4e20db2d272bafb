SELECT
    measure,
    {period} AS period,
    {value1} AS value1,
    {value2} AS value2,
    sum("rows") AS "rows",
    CASE WHEN sum(hidden_at_source) < sum("rows") THEN sum(n) ELSE 0 END AS n,
    sum(x) AS x,
    sum(xx) AS xx,
    sum(people) AS people,
    sum(person_xx) AS person_xx,
    sum(person_xn) AS person_xn,
    sum(person_nn) AS person_nn,
    sum(hidden_at_source) AS hidden_at_source
FROM 'cube.parquet'
WHERE by1 = $by1
  AND by2 = $by2
  AND measure IN ({measures})
  AND {during}{where}
GROUP BY ALL
ORDER BY measure, period, value1, value2
