"""Sheets as one web page that works without a network: the charting program, the figures and the words in one file.

The page may load nothing: its content security policy forbids it, so a hostile name in the data could not either.
"""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from equity.charts.parts import template
from equity.export.sheet import Sheet
from equity.words.escaping import html
from equity.words.labels.layout import LAYOUT_TEXTS

POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:"
)
WORDS_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STYLE = """
body { font: 16px/1.5 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; color: #1B2430; background: #FFFFFF;
  margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 62rem; }
h1 { font-size: 1.1rem; font-weight: 600; margin: 0; } h2 { font-size: 1.35rem; line-height: 1.3; margin: 0 0 .5rem; }
h3 { font-size: .95rem; margin: 1.25rem 0 .25rem; color: #566173; }
article { border: 1px solid #D9DEE6; border-radius: 8px;
  padding: 1.25rem; margin: 1.5rem 0; } ul { margin: 0; padding-left: 1.2rem; max-width: 44rem; }
p, li, h1, h2 { overflow-wrap: anywhere; } .small { font-size: .875rem; color: #566173; }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-size: .875rem; min-width: 100%; }
caption { text-align: left; color: #566173; padding-bottom: .4rem; }
th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid #D9DEE6; vertical-align: top; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .8rem; background: #F5F7FA; padding: .75rem; }
summary { cursor: pointer; margin-top: 1rem; } @media print { article { break-inside: avoid; border: 0; padding: 0; }
  .sheet { break-inside: auto; } .sheet + .sheet { break-before: page; } }
"""
DRAW = """
for (const place of document.querySelectorAll("[data-figure]")) {
  const figure = JSON.parse(document.getElementById(place.dataset.figure).textContent);
  Plotly.newPlot(place, figure.data, figure.layout, {displaylogo: false, responsive: true, scrollZoom: false,
    toImageButtonOptions: {format: "png", scale: 2, filename: place.dataset.name}});
}
"""


def report(sheets: Sequence[Sheet], title: str = "Equity Lens") -> bytes:
    """A whole HTML page in UTF-8, a part a sheet: sentence, chart, caveats, table, method and what it is made from."""
    parts = "".join(article(sheet, i) for i, sheet in enumerate(sheets, start=1))
    return page(sheets[0].title if sheets else title, f"<h1>{html(title)}</h1>{parts}")


def page(title: str, body: str) -> bytes:
    """A whole HTML page around a body that is safe already; its figures are drawn by the program inside it."""
    from plotly.offline import get_plotlyjs

    return _whole(title, POLICY, f"{body}</main><script>{get_plotlyjs()}</script><script>{DRAW}</script>")


def words_page(title: str, body: str) -> bytes:
    """The same for a body without figures: nothing in the page runs."""
    return _whole(title, WORDS_POLICY, f"{body}</main>")


def _whole(title: str, policy: str, rest: str) -> bytes:
    whole = (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{html(title)}</title><style>{STYLE}</style></head><body><main>{rest}</body></html>\n"
    )
    return whole.encode("utf-8")


def article(sheet: Sheet, number: int, more: str = "") -> str:
    """A sheet as a part of the page; ``more`` is HTML that is safe already, under the picture."""
    name = f"figure-{number}"
    return (
        f'<article aria-labelledby="title-{number}"><h2 id="title-{number}">{html(sheet.title)}</h2>'
        f'<div role="img" aria-label="{html(sheet.alt)}" data-figure="{name}" '
        f'data-name="{html(sheet.title[:80])}"></div>'
        f'<script type="application/json" id="{name}">{_as_json(sheet.figure)}</script>{more}'
        f"{listed(LAYOUT_TEXTS['how_sure'], sheet.sure)}{listed('What this does not tell us', sheet.caveats)}"
        f"{_table(sheet)}{listed('What this is', sheet.record)}"
        f"<details><summary>How was this computed?</summary>{listed('', sheet.method)}"
        f"<pre>{_lines(sheet.sql)}</pre></details></article>"
    )


def _as_json(figure: go.Figure) -> str:
    """The figure, painted; no character in it can end the script element that holds it."""
    text: str = template.painted(figure, template.LIGHT).to_json()
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def listed(name: str, sentences: Sequence[str]) -> str:
    """A heading and a list under it; nothing where there is nothing to say."""
    if not sentences:
        return ""
    heading = f"<h3>{html(name)}</h3>" if name else ""
    return f"{heading}<ul>{''.join(f'<li>{html(said)}</li>' for said in sentences)}</ul>"


def _table(sheet: Sheet) -> str:
    names = [str(name) for name in sheet.table.columns]
    head = "".join(f'<th scope="col">{html(name)}</th>' for name in names)
    rows = "".join(
        f'<tr><th scope="row">{html(str(row[0]))}</th>{"".join(f"<td>{html(str(cell))}</td>" for cell in row[1:])}</tr>'
        for row in sheet.table.to_numpy(dtype=object).tolist()
    )
    return (
        f'<h3>Table</h3><div class="wide" tabindex="0" role="region" aria-label="Table"><table>'
        f"<caption>{html(sheet.caption)}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _lines(text: str) -> str:
    return "\n".join(html(line) for line in text.splitlines())
