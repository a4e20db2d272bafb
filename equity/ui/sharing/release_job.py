"""Making or previewing a release in the background."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from equity.ui.session.background_job import BackgroundJob
from equity.vocabulary import Cancelled, Progress
from equity.words.labels.sharing import SHARING_TEXTS

Result = TypeVar("Result")


@dataclass
class ReleaseJob(BackgroundJob, Generic[Result]):
    """A release or a look ahead, which is told how to report and when to stop; at its end ``result`` or ``problem``."""

    kind: ClassVar[str] = "release"
    fault: ClassVar[str] = SHARING_TEXTS["something_went_wrong_on_the_server"]
    make: Callable[[Progress, Cancelled], Result]
    result: Result | None = None

    def work(self) -> None:
        """Make it."""
        self.result = self.make(self.say, self.stop.is_set)

    @property
    def is_done(self) -> bool:
        """Whether there is a result."""
        return self.result is not None
