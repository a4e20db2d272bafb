SELECT
    measure,
    {period} AS period,
    {value1} AS value1,
    {value2} AS value2,
    "rows",
    n,
    x,
    xx,
    people,
    person_xx,
    person_xn,
    person_nn,
    hidden_at_source,
    estimate,
    se,
    lower,
    upper,
    population
FROM 'cube.parquet'
WHERE by1 = $by1
  AND by2 = $by2
  AND measure IN ({measures})
  AND {during}{where}
ORDER BY measure, period, value1, value2
