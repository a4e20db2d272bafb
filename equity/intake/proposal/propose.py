"""A whole mapping proposed for a file, each role with a reason and a confidence; a person corrects it and keeps it."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from equity.intake.columns.profile import profile
from equity.intake.formats.fhir import is_fhir_table
from equity.intake.layout.found_layout import FoundLayout
from equity.intake.layout.open_tidy import NO_HEADER, open_found
from equity.intake.proposal.forms.fhir_mapping import fhir_mapping
from equity.intake.proposal.forms.heat_template import heat_mapping, is_heat_template, several_settings
from equity.intake.proposal.mapping.answering import followed
from equity.intake.proposal.proposal_parts import Proposal, Reason
from equity.intake.proposal.proposing import Proposing
from equity.intake.proposal.twice_named import twice_named
from equity.vocabulary.layout import Layout


def propose(file: Path, *, sheet: str = "", header: str = "", layout: Layout | None = None) -> Proposal:
    """Propose a mapping for a file of any format that intake reads.

    ``sheet``, ``header`` and ``layout`` are a person's answers, where the file leaves a choice. Raises
    :class:`PlainError` when the file is no table.
    """
    with tempfile.TemporaryDirectory(prefix="intake-") as folder:
        table, tidied = open_found(file, Path(folder), sheet, header, layout)
        columns = profile(table)
        if is_heat_template(table.header):
            why = Reason("estimate", "estimate", "the columns are those of WHO's HEAT Plus template", 1.0)
            return Proposal(heat_mapping(table), (why,), columns, tuple(several_settings(table)))
        if is_fhir_table(table.header):
            why = Reason("stratifier", "dimension", "the file holds FHIR MeasureReports", 1.0)
            return Proposal(fhir_mapping(table), (why,), columns, ())
        return _with_layout(Proposing(table, columns, sheet, header, _shared_n(tidied.layout)).proposal(), tidied)


def _shared_n(layout: Layout) -> tuple[str, ...]:
    """The new columns of a group and its n, where the names of columns across say both."""
    return layout.across.into if layout.across is not None and layout.across.into[-1] == "N" else ()


def _with_layout(proposal: Proposal, tidied: FoundLayout) -> Proposal:
    """The proposal for a tidied table, as one for the file."""
    mapping = proposal.mapping
    scales = {**mapping.scales, **dict.fromkeys(mapping.measures, 1.0)} if tidied.fractions else mapping.scales
    own = tuple(q for q in proposal.questions if not (tidied.fractions and q.key.startswith("scale:")))
    strata = tuple(
        replace(s, drop=tuple(dict.fromkeys((*s.drop, *(v for c in s.columns for v in tidied.wholes.get(c, ()))))))
        for s in mapping.stratifiers
    )
    said = "" if mapping.header.casefold() == NO_HEADER and not tidied.layout.header_lines else mapping.header
    header, sheet = said or tidied.marker, mapping.sheet or tidied.sheet
    whole = replace(mapping, layout=tidied.layout, header=header, sheet=sheet, scales=scales, stratifiers=strata)
    whole, questions = followed(whole, (*tidied.questions, *twice_named(mapping, proposal.profile), *own))
    return replace(
        proposal,
        mapping=whole,
        questions=questions,
        decisions=(*tidied.decisions, *proposal.decisions),
    )
