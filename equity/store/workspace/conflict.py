"""Two people edit the same thing: the second is told, and holds both texts. Nobody's words are overwritten unseen."""

from __future__ import annotations

from equity.vocabulary import PlainError


class Conflict(PlainError):  # noqa: N818 — the word that people say
    """What somebody tried to save had been changed since they read it. Nothing was written.

    ``what``      what it is, as in "this note";
    ``yours``     what this person wrote;
    ``theirs``    what is kept now, empty when it was deleted meanwhile (``version`` is then 0);
    ``theirs_by`` who saved that;
    ``version``   the version to name when saving again, after a person has seen both.
    """

    def __init__(self, what: str, yours: str, theirs: str, theirs_by: str, version: int) -> None:
        self.what, self.yours, self.theirs = what, yours, theirs
        self.theirs_by, self.version = theirs_by, version
        done = f"{theirs_by or 'Somebody else'} changed" if version else "Somebody else deleted"
        super().__init__(
            f"{done} {what} while you were writing: nothing is lost, please look at both texts and choose."
        )
