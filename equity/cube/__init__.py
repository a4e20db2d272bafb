"""A fact table into a cube of sufficient statistics, and a cube into slices. The room that knows SQL.

quoting.py     names and values made safe for SQL; the statements in sql/ filled in
engine.py      how DuckDB is opened: limits on memory and threads, and what is locked away
build.py       extract.parquet into cube.parquet
joining.py     two fact tables into one
facts.py       which tables there are, and the extract's rows in the form in which they are counted
people.py      distinct people, and the sums over people
cube_query.py  a question in the cube's own terms, and the slice that answers it
cells.py       the cube in memory, as arrays
slices.py      the questions that a cube answers
deep.py        questions that the cube has no table for, put to the extract's rows
engines/       databases elsewhere that run the same statements: Spark, PostgreSQL
sql/           the statements themselves
"""

from equity.cube.build import build_cube, build_cube_elsewhere
from equity.cube.cube_query import Slice
from equity.cube.slices import Cube, open_cube

__all__ = ["Cube", "Slice", "build_cube", "build_cube_elsewhere", "open_cube"]
