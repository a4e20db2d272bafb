-- The first cell that more than one row claims: there is no telling which is right.
SELECT CAST(measure AS VARCHAR), period, min(source_row), max(source_row)
FROM graded_cells
GROUP BY table_number, measure, period, value1, value2
HAVING count(*) > 1
ORDER BY min(source_row)
LIMIT 1
