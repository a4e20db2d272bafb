"""A comparison as one web page for a team elsewhere: its own numbers, the others without a name; nothing in it runs."""

from __future__ import annotations

from equity.export.report import words_page
from equity.network.comparison import Picture
from equity.words.cohort import comparison as words
from equity.words.escaping import html


def comparison_sheet(picture: Picture) -> bytes:
    """The whole page, in UTF-8: what is to be seen, each as a row, by which rules."""
    head = "".join(f'<th scope="col">{html(name)}</th>' for name in words.COLUMNS)
    rows = words.rows(picture)
    body = "".join(f"<tr>{''.join(f'<td>{html(cell)}</td>' for cell in row.values())}</tr>" for row in rows)
    said = "".join(
        f"<p class='small'>{html(line)}</p>" for line in (words.made(picture.made), words.RULES, words.NAMES)
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    title = words.sheet_title(picture)
    return words_page(title, f"<h1>{html(title)}</h1><p>{html(words.finding(picture))}</p>{table}{said}")
