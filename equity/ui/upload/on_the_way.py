"""A file on its way in: where it lies, what was proposed for it, and the mapping that the sentences start from."""

from __future__ import annotations

from dataclasses import dataclass

from equity.intake.proposal.proposal_parts import Proposal
from equity.server.upload_tickets import StagedFile
from equity.vocabulary import Mapping, OpenQuestion


@dataclass(frozen=True)
class Arrived:
    """A file that has come in whole, and the sheets there are when it is a workbook."""

    file: StagedFile
    sheets: tuple[str, ...]


@dataclass(frozen=True)
class Upload:
    """A file on its way in: where it lies, what was proposed for it, and the mapping that the sentences start from."""

    file: StagedFile
    proposal: Proposal
    start: Mapping
    kept_from: str = ""
    revision: int = 0
    sheet: str = ""
    follows_proposal: bool = True

    @property
    def key(self) -> str:
        """What the widgets of this revision are called."""
        return f"upload_{self.file.id}_{self.revision}"

    @property
    def questions(self) -> tuple[OpenQuestion, ...]:
        """What is open; nothing where a person's own mapping is followed instead of the proposal's."""
        return self.proposal.questions if self.follows_proposal else ()
