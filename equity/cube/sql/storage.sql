CREATE TABLE cube_tables (table_number INTEGER, by1 VARCHAR, by2 VARCHAR);

CREATE TABLE cells (
    table_number INTEGER,
    measure measure_names,
    period DATE,
    value1 VARCHAR,
    value2 VARCHAR,
    "rows" BIGINT,
    n DOUBLE,
    x DOUBLE,
    xx DOUBLE,
    hidden_at_source BIGINT
);

CREATE TABLE graded_cells (
    table_number INTEGER,
    grain VARCHAR,
    measure measure_names,
    period VARCHAR,
    value1 VARCHAR,
    value2 VARCHAR,
    "rows" BIGINT,
    n DOUBLE,
    x DOUBLE,
    xx DOUBLE,
    hidden_at_source BIGINT,
    estimate DOUBLE,
    se DOUBLE,
    lower DOUBLE,
    upper DOUBLE,
    population DOUBLE,
    source_row BIGINT
);

CREATE TABLE returning_people (
    table_number INTEGER,
    measure measure_names,
    period VARCHAR,
    value1 VARCHAR,
    value2 VARCHAR,
    people BIGINT,
    person_xx DOUBLE,
    person_xn DOUBLE,
    person_nn DOUBLE
);

CREATE TABLE people (
    table_number INTEGER,
    grain VARCHAR,
    measure measure_names,
    period VARCHAR,
    value1 VARCHAR,
    value2 VARCHAR,
    people BIGINT,
    person_xx DOUBLE,
    person_xn DOUBLE,
    person_nn DOUBLE
);
