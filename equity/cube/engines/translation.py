"""A statement of DuckDB's into another dialect, by SQLGlot, and what SQLGlot leaves to be said.

Values are written into the statement as literals of the dialect, which SQLGlot quotes: not every engine binds values in
every statement.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlglot import exp, parse

# What both DuckDB and the other engines read as the same finite number. Every other spelling is read by intake.
_NUMBER = r"^[+-]?([0-9]{1,100}[.]?[0-9]{0,100}|[.][0-9]{1,100})([eE][+-]?[0-9]{1,2})?$"
Respelling = Callable[[exp.Expr], exp.Expr]


def parsed(sql: str) -> list[exp.Expr]:
    """The statements of a text of DuckDB's SQL."""
    return [tree for tree in parse(sql, read="duckdb") if tree is not None]


def tables_of(tree: exp.Expr) -> set[str]:
    """The names of the tables and views that a statement names, the ones that it makes on its way left out."""
    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    return {table.name for table in tree.find_all(exp.Table)} - own


def with_values(tree: exp.Expr, values: Any) -> exp.Expr:
    """The statement with each placeholder (``?`` or ``$name``) replaced by its value."""
    named: Mapping[str, Any] = values if isinstance(values, Mapping) else {}
    waiting = iter(values if isinstance(values, Sequence) and not isinstance(values, str) else ())

    def value(node: exp.Placeholder) -> Any:
        return named[node.name] if node.args.get("this") else next(waiting)

    def filled(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.ArrayContains) and isinstance(node.this, exp.Placeholder):
            listed = [exp.convert(one) for one in value(node.this)]
            return exp.In(this=node.expression.copy(), expressions=listed)
        return exp.convert(value(node)) if isinstance(node, exp.Placeholder) else node

    return tree.transform(filled)


def translated(tree: exp.Expr, dialect: str, renamed: Mapping[str, str], respellings: Mapping[type, Respelling]) -> str:
    """The statement in a dialect, its tables under other names. ``respellings`` gives what it alone spells otherwise.

    Categories are ENUMs in DuckDB only and plain text elsewhere.
    """
    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    numbers = itertools.count(1)  # of queries without a name, which PostgreSQL wants each to have

    def turned(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Table) and node.name in renamed and node.name not in own:
            table = exp.to_table(renamed[node.name], dialect="duckdb")
            return exp.alias_(table, node.alias or node.name, table=True)
        if isinstance(node, exp.Subquery) and not node.alias and isinstance(node.parent, exp.From | exp.Join):
            return exp.alias_(node, f"rows_{next(numbers)}", table=True)
        if isinstance(node, exp.Cast) and node.to.this == exp.DataType.Type.USERDEFINED:
            return exp.cast(node.this, "VARCHAR")
        if isinstance(node, exp.DataType) and node.this == exp.DataType.Type.UBIGINT:
            return exp.DataType.build("BIGINT")
        if isinstance(node, exp.TryCast):
            plain = exp.RegexpLike(this=node.this.copy(), expression=exp.Literal.string(_NUMBER))
            return exp.case().when(plain, node.copy())
        if isinstance(node, exp.Anonymous) and node.name.lower() == "isfinite":
            return exp.paren(node.expressions[0].is_(exp.null()).not_())
        respelling = respellings.get(type(node))
        return node if respelling is None else respelling(node)

    # A statement is turned from its leaves up, so that what a respelling makes is not turned again.
    return _from_the_leaves(tree.copy(), turned).sql(dialect=dialect)


def _from_the_leaves(tree: exp.Expr, respelling: Respelling) -> exp.Expr:
    top = tree
    for node in reversed(list(tree.walk(bfs=True))):
        respelled = respelling(node)
        if respelled is not node:
            if node is top:
                top = respelled
            else:
                node.replace(respelled)
    return top
