"""Databases elsewhere that count an extract where it lies: a Spark cluster, a PostgreSQL server.

The statements are those that DuckDB runs, in DuckDB's own SQL. Each is translated by SQLGlot on its way out.

connection.py    what the rooms that know SQL ask of any database
remote_engine.py one DuckDB here and one database elsewhere behind a single connection: which statement runs where
translation.py   a statement of DuckDB's into another dialect
spark.py         the adapter of Apache Spark
postgresql.py    the adapter of PostgreSQL

Another engine is a subclass of ``RemoteEngine`` in a module of its own: its dialect's name and nine short methods.
"""
