"""The applicant's page: a plain form that a small script keeps as it is typed. Its style is the call's."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from equity.actions.applications import Door
from equity.network.application_form import FormQuestion, FormSection
from equity.network.applications import FOUR_LENSES, LARGEST_TEAM, Application
from equity.server.calls import page as call_page
from equity.vocabulary.lenses import LENSES
from equity.words.applications import PAGE, promise
from equity.words.escaping import html
from equity.words.labels.server import SERVER_TEXTS

HERE: Final = Path(__file__).parent
FILES: Final = {
    "apply.js": (HERE / "apply.js", "text/javascript; charset=utf-8"),
    "apply.css": (call_page.HERE / "call.css", "text/css; charset=utf-8"),
}


async def file(request: Request) -> Response:
    """The script or the style."""
    found = FILES.get(str(request.path_params["name"]))
    if found is None:
        return JSONResponse({"error": SERVER_TEXTS["there_is_nothing_at_this_address"]}, 404)
    path, kind = found
    return Response(path.read_bytes(), media_type=kind, headers={"Cache-Control": "no-cache"})


def application_page(base: str, token: str, door: Door) -> Response:
    """The form; without a script it says what is asked. A closed door is a sentence, and one's own stays readable."""
    told = {"at": f"{base}/apply/{token}", "texts": dict(PAGE), "closed": door.closed}
    written = json.dumps(told, ensure_ascii=False)
    for letter, harmless in {"&": "\\u0026", "<": "\\u003c", ">": "\\u003e"}.items():
        written = written.replace(letter, harmless)
    parts = {
        "title": html(door.form.title),
        "cohort": html(door.title),
        "base": html(base),
        "intro": html(door.closed or door.form.intro),
        "promise": "" if door.closed else html(promise(Application(), dt.datetime.now(dt.UTC).date())),
        "sections": "".join(map(_section, door.form.sections)) + _team(),
        "told": written,
        **{name: html(PAGE[name]) for name in ("begin", "send", "withdraw", "keep")},
    }
    text = re.sub(r"\{\{(\w+)\}\}", lambda place: parts[place[1]], (HERE / "apply.html").read_text("utf-8"))
    return Response(text.encode("utf-8"), 200, call_page.HEADERS, "text/html; charset=utf-8")


def _section(section: FormSection) -> str:
    questions = "".join(map(_question, section.questions))
    return f"<fieldset><legend><h2>{html(section.title)}</h2></legend>{questions}</fieldset>"


def _question(question: FormQuestion) -> str:
    name = html(question.id)
    needed = f' <span class="small">({html(PAGE["required"])})</span>' if question.required else ""
    hint = f'<span class="small" id="help-{name}">{html(question.help)}</span>' if question.help else ""
    described = f' aria-describedby="help-{name}"' if question.help else ""
    if question.kind == "yes":
        box = f'<input type="checkbox" name="{name}" value="yes">'
        return f'<label class="tick">{box} <span>{html(question.label)}{needed}</span></label>'
    if question.kind == "text":
        box = f'<textarea name="{name}" maxlength="4000"{described}></textarea>'
    elif question.kind == "choice":
        options = "".join(f"<option>{html(option)}</option>" for option in question.options)
        box = f'<select name="{name}"{described}><option value="">{html(PAGE["choose"])}</option>{options}</select>'
    elif question.kind == "number":
        box = f'<input name="{name}" inputmode="decimal" maxlength="20"{described}>'
    else:
        box = f'<input name="{name}" maxlength="400"{described}>'
    return f"<label>{html(question.label)}{needed} {hint}{box}</label>"


def _team() -> str:
    lenses = "".join(f"<option>{html(lens)}</option>" for lens in (*FOUR_LENSES, *LENSES[len(FOUR_LENSES) :]))
    rows = "".join(
        f'<div class="two" role="group" aria-label="{html(PAGE["person"])} {number}" data-member>'
        f'<label>{html(PAGE["name"])}<input data-part="name" maxlength="200"></label>'
        f'<label>{html(PAGE["role"])}<input data-part="role" maxlength="200"></label>'
        f'<label>{html(PAGE["lens"])}<select data-part="lens"><option value="">{html(PAGE["choose"])}</option>'
        f"{lenses}</select></label></div>"
        for number in range(1, LARGEST_TEAM + 1)
    )
    return (
        f'<fieldset><legend><h2>{html(PAGE["team"])}</h2></legend><p class="small">{html(PAGE["team_help"])}</p>{rows}'
        '<p class="small" id="lenses" aria-live="polite"></p></fieldset>'
    )
