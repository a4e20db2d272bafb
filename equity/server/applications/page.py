"""The applicant's page: a plain form that a small script keeps as it is typed. Its style is the call's."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from equity.actions.network.applications import Door
from equity.network.application_form import FormQuestion, FormSection
from equity.network.applications import FOUR_LENSES, LARGEST_TEAM, Application
from equity.server.calls import page as call_page
from equity.server.reader_language import language_links
from equity.vocabulary.lenses import LENSES
from equity.words.escaping import html
from equity.words.labels.server import SERVER_TEXTS
from equity.words.languages.language import Language
from equity.words.languages.phone_pages import PHONE_LANGUAGES, promise

HERE: Final = Path(__file__).parent
FILES: Final = {
    "apply.js": (HERE / "apply.js", "text/javascript; charset=utf-8"),
    "apply.css": (call_page.HERE / "call.css", "text/css; charset=utf-8"),
}


async def file(request: Request) -> Response:
    """The script or the style."""
    packed = FILES.get(str(request.path_params["name"]))
    if packed is None:
        return JSONResponse({"error": SERVER_TEXTS["there_is_nothing_at_this_address"]}, 404)
    path, kind = packed
    return Response(path.read_bytes(), media_type=kind, headers={"Cache-Control": "no-cache"})


def application_page(base: str, token: str, door: Door, of: Language) -> Response:
    """The form; without a script it says what is asked. A closed door is a sentence, and one's own stays readable."""
    texts = {key.removeprefix("apply."): text for key, text in of.texts.items() if key.startswith("apply.")}
    told = {"at": f"{base}/apply/{token}", "language": of.code, "texts": texts, "closed": of.refusal(door.closed)}
    written = json.dumps(told, ensure_ascii=False)
    for letter, harmless in {"&": "\\u0026", "<": "\\u003c", ">": "\\u003e"}.items():
        written = written.replace(letter, harmless)
    parts = {
        "title": html(of.name(door.form.title)),
        "cohort": html(door.title),
        "base": html(base),
        "intro": html(of.refusal(door.closed) or of.name(door.form.intro)),
        "promise": "" if door.closed else html(promise(of, Application(), dt.datetime.now(dt.UTC).date())),
        "sections": "".join(_section(each, of) for each in door.form.sections) + _team(of),
        "told": written,
        "language": of.code,
        "languages": language_links(of, PHONE_LANGUAGES, texts["languages"]),
        **{name: html(texts[name]) for name in ("begin", "send", "withdraw", "keep")},
    }
    text = re.sub(r"\{\{(\w+)\}\}", lambda place: parts[place[1]], (HERE / "apply.html").read_text("utf-8"))
    headers = {**call_page.HEADERS, "Vary": "Accept-Language"}
    return Response(text.encode("utf-8"), 200, headers, "text/html; charset=utf-8")


def _section(section: FormSection, of: Language) -> str:
    questions = "".join(_question(each, of) for each in section.questions)
    return f"<fieldset><legend><h2>{html(of.name(section.title))}</h2></legend>{questions}</fieldset>"


def _question(question: FormQuestion, of: Language) -> str:
    name, label = html(question.id), html(of.name(question.label))
    needed = f' <span class="small">({html(of.texts["apply.required"])})</span>' if question.required else ""
    hint = f'<span class="small" id="help-{name}">{html(of.name(question.help))}</span>' if question.help else ""
    described = f' aria-describedby="help-{name}"' if question.help else ""
    if question.kind == "yes":
        box = f'<input type="checkbox" name="{name}" value="yes">'
        return f'<label class="tick">{box} <span>{label}{needed}</span></label>'
    if question.kind == "text":
        box = f'<textarea name="{name}" maxlength="4000"{described}></textarea>'
    elif question.kind == "choice":
        options = "".join(
            f'<option value="{html(option)}">{html(of.name(option))}</option>' for option in question.options
        )
        none = f'<option value="">{html(of.texts["apply.choose"])}</option>'
        box = f'<select name="{name}"{described}>{none}{options}</select>'
    elif question.kind == "number":
        box = f'<input name="{name}" inputmode="decimal" maxlength="20"{described}>'
    else:
        box = f'<input name="{name}" maxlength="400"{described}>'
    return f"<label>{label}{needed} {hint}{box}</label>"


_TEAM: Final = ("person", "name", "role", "lens", "choose", "team", "team_help")


def _team(of: Language) -> str:
    texts = {key: html(of.texts[f"apply.{key}"]) for key in _TEAM}
    lenses = "".join(
        f'<option value="{html(lens)}">{html(of.name(lens))}</option>'
        for lens in (*FOUR_LENSES, *LENSES[len(FOUR_LENSES) :])
    )
    rows = "".join(
        f'<div class="two" role="group" aria-label="{texts["person"]} {number}" data-member>'
        f'<label>{texts["name"]}<input data-part="name" maxlength="200"></label>'
        f'<label>{texts["role"]}<input data-part="role" maxlength="200"></label>'
        f'<label>{texts["lens"]}<select data-part="lens"><option value="">{texts["choose"]}</option>'
        f"{lenses}</select></label></div>"
        for number in range(1, LARGEST_TEAM + 1)
    )
    return (
        f'<fieldset><legend><h2>{texts["team"]}</h2></legend><p class="small">{texts["team_help"]}</p>{rows}'
        '<p class="small" id="lenses" aria-live="polite"></p></fieldset>'
    )
