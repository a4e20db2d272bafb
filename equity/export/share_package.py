"""What a team shares as one web page that opens without a network and that a server reads again; nothing in it runs."""

from __future__ import annotations

from equity.export.report import words_page
from equity.network.packages import Package, held_by_the_page
from equity.network.pieces import Piece, Standing
from equity.words.cohort import overview as overview_words
from equity.words.cohort import pieces as words
from equity.words.cohort import sharing as sharing_words
from equity.words.escaping import html


def package_page(package: Package, cohort: str) -> bytes:
    """The page, not signed yet."""
    title = sharing_words.package_title(package.name)
    about = f"<h1>{html(title)}</h1><p class='small'>{html(sharing_words.package_about(package, cohort))}</p>"
    where = _standing(package.standing) if package.standing else ""
    parts = "".join(map(_piece, package.pieces)) or f"<p>{html(sharing_words.NOTHING_SHARED)}</p>"
    return words_page(title, f"{about}{where}{parts}{held_by_the_page(package)}")


def _standing(standing: Standing) -> str:
    said = "".join(f"<li>{html(line)}</li>" for line in overview_words.standing(standing))
    return f"<article><h2>{html(overview_words.WHERE)}</h2><ul>{said}</ul></article>"


def _piece(piece: Piece) -> str:
    said = "".join(f"<li>{html(line)}</li>" for line in words.lines(piece))
    levels = "".join(
        f"<h3>{html(name)}</h3><ul>{''.join(f'<li>{html(each)}</li>' for each in drivers)}</ul>"
        for name, drivers in words.drivers(piece)
    )
    origin = f"<p class='small'>{html(piece.origin)}</p>" if piece.origin else ""
    return (
        f"<article><h2>{html(piece.title)}</h2><p class='small'>{html(words.about(piece))}</p>{origin}"
        f"{f'<ul>{said}</ul>' if said else ''}{levels}{_table(piece)}</article>"
    )


def _table(piece: Piece) -> str:
    table = words.table(piece)
    if table is None:
        return ""
    columns, rows = table
    head = "".join(f'<th scope="col">{html(name)}</th>' for name in columns)
    body = "".join(f"<tr>{''.join(f'<td>{html(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
