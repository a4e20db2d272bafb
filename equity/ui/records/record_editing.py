"""One way to edit a record on a page: its version is held, a draft is kept as it is typed, a conflict shows both texts.

A page makes one :class:`Editing` for its noun. What somebody began to change stays as they saw it until they start
anew, so what others save meanwhile takes nobody's words away: saving over it is a conflict, and holds both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar, cast

import streamlit as st

from equity.access.here import Here
from equity.access.roles import Action
from equity.store.records.kept import Kept, RecordConflict
from equity.ui.components.downloading import component_key
from equity.ui.layout import prose
from equity.ui.session.workspace import allowed_at
from equity.vocabulary import PlainError
from equity.words.work import records as words

T = TypeVar("T")
Save = Callable[[Here, Kept[T], T], Kept[T]]
"""Saves a content over a record as it was seen; raises :class:`RecordConflict` when that is not how it stands."""

_SCRIPT = Path(__file__).parent / "as_typed.js"


def _read_again() -> None:
    """The line to the server was down and is back: the run that this begins reads what was typed meanwhile."""


@dataclass
class _Sitting(Generic[T]):
    """One person at one record: how it was when they began, how they last saw it, and what the form last held."""

    began: int
    seen: Kept[T]
    held: T | None = None


@dataclass
class _Met(Generic[T]):
    """A conflict that waits for a choice, with what one has written by now."""

    conflict: RecordConflict[T]
    yours: T | None


@dataclass(frozen=True)
class Editing(Generic[T]):
    """How a page edits the records of a noun.

    name     the noun's name, part of every key in the session
    told     a content as lines, to lay two beside each other
    action   what one must be allowed to do to change one
    forgets  keys of the session that go too when the page starts anew, such as which record was picked
    """

    name: str
    told: Callable[[T], Sequence[str]]
    action: Action = "decide"
    forgets: tuple[str, ...] = field(default=())

    def seen(self, kept: Kept[T]) -> Kept[T]:
        """The record as this session saw it when it began to change it."""
        return self._sitting(kept).seen

    def key(self, kept: Kept[T]) -> str:
        """What the keys of its form begin with: the same while one writes, another after starting anew."""
        return f"{self.name}_{kept.id}_{self._sitting(kept).began}"

    @contextmanager
    def as_typed(self, kept: Kept[T]) -> Iterator[None]:
        """A container whose text fields reach the server at most two seconds after the last letter, not on leaving."""
        component = st.components.v2.component("as_typed", js=_SCRIPT.read_text(encoding="utf-8"))
        with st.container(key=f"as_typed_{self.key(kept)}"):
            yield
        component(key=component_key(f"typed_{self.key(kept)}"), height=1, on_line_back_change=_read_again)

    def keep_up(self, here: Here, kept: Kept[T], made: T, save: Save[T]) -> None:
        """Keep what the form holds, when it holds something new; take in what others saved, when it does not.

        ``kept`` is the record as it stands now, ``made`` what the form makes of it.
        """
        met = self._met()
        if met is not None and met.conflict.theirs_kept is not None and met.conflict.theirs_kept.id == kept.id:
            met.yours = made
            return
        sitting = self._sitting(kept)
        if not self.follows(kept, made):
            try:
                sitting.seen = save(allowed_at(here, self.action), sitting.seen, made)
            except RecordConflict as conflict:
                self._meet(conflict)
            except PlainError as error:
                prose.problem(str(error))
                return
            sitting.held = made
        prose.small(words.kept(sitting.seen.edited, sitting.seen.edited_by))

    def follows(self, kept: Kept[T], made: T) -> bool:
        """Whether the form holds nothing new; then what others saved meanwhile is taken in, and the page drawn anew."""
        sitting = self._sitting(kept)
        if sitting.held is None:
            sitting.held = made
        if made != sitting.held:
            return False
        if kept.version > sitting.seen.version:
            self.start_anew()
        return True

    def do(self, here: Here, act: Callable[[Here], object]) -> None:
        """Do it when whoever is here may do so now, and draw the page anew; a conflict shows both sides."""
        try:
            act(allowed_at(here, self.action))
        except RecordConflict as conflict:
            self._meet(conflict)
        except PlainError as error:
            prose.problem(str(error))
        else:
            self.start_anew()

    def start_anew(self) -> None:
        """Draw the page from what is kept now."""
        state = st.session_state
        sittings = [name for name in state if str(name).startswith(self._sitting_key(""))]
        for name in (self._conflict_key, *self.forgets, *sittings):
            state.pop(name, None)
        st.rerun()

    def settle(self, here: Here, over: Callable[[Kept[T], T], Callable[[Here], object] | None]) -> None:
        """Both texts, where somebody saved the record meanwhile, and the two ways on; nothing of either is lost.

        ``over`` gives the act that lays one's own over theirs, None where that may not be.
        """
        met = self._met()
        if met is None:
            return
        prose.notice([str(met.conflict)])
        theirs, yours = met.conflict.theirs_kept, met.yours
        if theirs is not None:
            prose.listed(words.THEIRS, self.told(theirs.content))
        if yours is not None:
            prose.listed(words.YOURS, self.told(yours))
        act = None if theirs is None or yours is None else over(theirs, yours)
        with st.container(horizontal=True):
            if act is not None and st.button(words.MINE_OVER, type="primary", key=f"{self._conflict_key}_mine"):
                self.do(here, act)
            if st.button(words.GO_ON if theirs is not None else words.LEAVE, key=f"{self._conflict_key}_theirs"):
                self.start_anew()

    def _sitting(self, kept: Kept[T]) -> _Sitting[T]:
        begun = _Sitting(kept.version, kept)
        return cast(_Sitting[T], st.session_state.setdefault(self._sitting_key(kept.id), begun))

    def _sitting_key(self, record: str) -> str:
        return f"sitting_{self.name}_{record}"

    @property
    def _conflict_key(self) -> str:
        return f"conflict_{self.name}"

    def _met(self) -> _Met[T] | None:
        return cast("_Met[T] | None", st.session_state.get(self._conflict_key))

    def _meet(self, conflict: RecordConflict[T]) -> None:
        st.session_state[self._conflict_key] = _Met(conflict, conflict.yours_content)
        st.rerun()
