-- The groups that each combination stands for.
CREATE TABLE combinations AS
SELECT DISTINCT {columns}
FROM facts
