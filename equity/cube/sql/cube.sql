-- The finished cube, in the order in which slices read it.
COPY (
    SELECT
        CAST(cell.measure AS VARCHAR) AS measure,
        cell.grain,
        cell.period,
        by1,
        cell.value1,
        by2,
        cell.value2,
        CAST(cell."rows" AS BIGINT) AS "rows",
        cell.n,
        cell.x,
        cell.xx,
        coalesce(people.people, 0) AS people,
        coalesce(people.person_xx, 0) AS person_xx,
        coalesce(people.person_xn, 0) AS person_xn,
        coalesce(people.person_nn, 0) AS person_nn,
        CAST(cell.hidden_at_source AS BIGINT) AS hidden_at_source{estimates}
    FROM graded_cells AS cell
    JOIN cube_tables USING (table_number)
    LEFT JOIN people
      ON people.table_number = cell.table_number
     AND people.grain = cell.grain
     AND people.measure = cell.measure
     AND people.period = cell.period
     AND people.value1 = cell.value1
     AND people.value2 = cell.value2
    ORDER BY by1, by2, measure, grain, period, value1, value2
) TO $target (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 16384)
