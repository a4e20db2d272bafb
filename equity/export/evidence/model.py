"""The evidence pack as JSON: the words of every statement, and where each stands."""

from __future__ import annotations

import json
from typing import Any

from equity.network.evidence import EvidencePack, Shown, ShownPart
from equity.words.work import evidence as words


def as_json(pack: EvidencePack) -> bytes:
    """The pack for other programs; docs/commands.md says what stands in it."""
    told = {
        "workspace": pack.workspace,
        "made": pack.made,
        "release": pack.release_id,
        "about": words.about(pack),
        "parts": [_part(part) for part in pack.parts],
    }
    return json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False).encode("utf-8")


def _part(shown: ShownPart) -> dict[str, Any]:
    part = shown.part
    return {
        "id": part.id,
        "title": part.title,
        "note": part.note,
        "source": part.source,
        "requirements": [_requirement(each) for each in shown.shown],
    }


def _requirement(shown: Shown) -> dict[str, Any]:
    return {
        "code": shown.requirement.code,
        "title": shown.requirement.title,
        "asks": shown.requirement.asks,
        "state": shown.state,
        "missing": list(shown.lacking),
        "statements": [
            {
                "words": said.words,
                "sources": [{"kind": s.kind, "title": s.title, "day": s.day} for s in said.sources],
            }
            for said in shown.statements
        ],
    }


def heading(shown: Shown) -> str:
    """A requirement's heading: its code where it has one, and its title."""
    code = shown.requirement.code
    return f"{code}. {shown.requirement.title}" if code else shown.requirement.title
