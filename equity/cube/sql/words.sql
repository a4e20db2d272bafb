-- Each category of a column as text and as ENUM.
CREATE TABLE {column}_words AS
SELECT word, CAST(word AS {column}_names) AS category
FROM (SELECT unnest(enum_range(CAST(NULL AS {column}_names))) AS word)
