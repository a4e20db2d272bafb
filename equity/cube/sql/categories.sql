-- The categories of one column of the extract. '' is always among them: an ENUM cannot be empty.
CREATE TYPE {type_name} AS ENUM (
    SELECT '' AS category
    UNION
    SELECT DISTINCT {name}
    FROM read_parquet($extract)
    WHERE {name} IS NOT NULL
    ORDER BY category
)
