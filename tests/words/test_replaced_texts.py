"""What people found hard, untrue or judging in earlier texts does not come back, and what replaced it is there.

Looked for in every text of the program: the strings of its code (docstrings left out), its pages in HTML and
script, and the docs.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = {"equity/words/wording.py", "equity/words/glossary.py", "docs/performance.md", "docs/pictures.md"}
"""A list of wordings to suggest others for; old words beside new ones; measured and pictured earlier."""

REPLACED = (
    ("Where the gap lives", "Gap breakdown"),
    (r"\bSummary measures\b", "Overall inequality"),
    ("Where are the gaps, by scan", "Largest gaps"),
    (r"\bTake (it |them )?away\b", "Download"),
    ("Add to set", "Add to presentation"),
    ("compared with its own opposite", "compared with its own reference group"),
    ("beside everyone else|compared with everyone (together|else)", "all other "),
    (r"gap (touches|concerns)|that concerns? the most", "that affects? the most people"),
    ("Look ahead", "Preview"),
    ("Freeze this release", "Create release"),
    (r"levell?ing down\b", "narrowed: others got worse"),
    (r"clos(ing|ed) by lifting", "narrowed: the group improved"),
    (r"\bpooled (range|estimate|rate)\b", "Smoothed"),
    ("How groups are called", "Group names, order and totals"),
    ("What is measured stands in", "Measure column"),
    ("Put this file away", "Discard file"),
    (r"\bTake out\b", "Remove"),
    (r"groups? (that )?fares? worse", "groups with a clear gap"),
    (r"the (best|worst) group, (\{|[A-Z])", "highest"),
    (r"% not known\b", "not recorded for"),
    ("sure to be; read with care", "Rank "),
    ("No gap here is larger than chance|not larger than chance would", "No gap here is clearly larger than chance."),
    ("Of those, yes", "met the measure"),
    ("hop about|hops about", "so it stays the same over time"),
    ("were to go on as we do", "If we keep working this way, why would the gap close"),
    ("never close at this pace", "will not close"),
    ("not sure to be seen", "a control chart may not show it"),
    ("missing data turn", "no sign that missing data change this finding"),
    ("Were all of them theirs", r"were theirs\b.*the gap|the gap .*would remain|remain"),
    ("At its best and at its worst", "Best to worst case"),
    ("not missing at random", "Some groups may still be missing more often than others"),
    (r"\ba individuals\b", r"individuals \(XmR\) chart"),
    ("there is a signal", "likely a real change"),
    ("false alarm rate", "With no real change"),
    ("more than its margins", "differs clearly from what each grouping alone would predict"),
    ("shrunk toward", "Small groups vary by chance, so we also show a smoothed estimate"),
    ("is a within-place gap", "a difference between patients at the same|at the same "),
    ("differ significantly", "differ clearly"),
    ("What is asked of everybody", "A question to discuss"),
    ("Passcode, to be sent otherwise", r"Passcode \(optional\)"),
    ("Entry .* was tampered", "was changed outside this program"),
    ("Is it closing, and by whom", "Is the gap closing, and which group changed"),
    ("Where does the gap come from", "How much of the gap is within"),
    ("How unequal is it", "How large are differences overall"),
    (r"We cannot rule out that there is no change", "We cannot rule out no change"),
    (r"\bmistyped\b", "rows"),
    (r"\bn \d[\d,]*\b(?= on screen)", "visits"),
    (r"non-?complian|\bminorit(y|ies)\b|\bvulnerable (group|patient|people)", "Which steps of our care make"),
    (r"\bworse groups?\b", r"lower|higher"),
    (r"\bgap in [a-z]+ without\b", "the gap for "),
)


@cache
def texts() -> dict[str, str]:
    """Every text by file: the code's strings of two words and more, pages of our own, and the docs."""
    found = {}
    for path in (*sorted((ROOT / "equity").rglob("*.py")), *sorted((ROOT / "pages").glob("*.py"))):
        found[path.relative_to(ROOT).as_posix()] = "\n".join(_strings(ast.parse(path.read_text("utf-8"))))
    for part in (*sorted((ROOT / "equity").rglob("*.html")), *sorted((ROOT / "equity").rglob("*.js"))):
        found[part.relative_to(ROOT).as_posix()] = part.read_text("utf-8")
    for part in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        found[part.relative_to(ROOT).as_posix()] = part.read_text("utf-8")
    return {name: text for name, text in found.items() if name not in LEFT_OUT}


def _strings(tree: ast.Module) -> list[str]:
    documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    every = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in documents)
    return [node.value for node in every if isinstance(node.value, str) and " " in node.value.strip()]


@pytest.mark.parametrize(("before", "now"), REPLACED, ids=[before for before, _ in REPLACED])
def test_a_text_that_was_replaced_is_gone_and_the_new_one_is_there(before: str, now: str) -> None:
    assert [name for name, text in texts().items() if re.search(before, text)] == []
    assert any(re.search(now, text) for text in texts().values())


def test_fifty_texts_are_looked_for() -> None:
    assert len(REPLACED) >= 50
    assert sum(map(len, texts().values())) > 200_000
