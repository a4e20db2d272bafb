"""No file of the corpus is misread without a word: it is read right, or the question is asked that it leaves open."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.intake.corpus.files import corpus
from tests.intake.corpus.made_files import MadeFile, Verdict, verdict

FILES = corpus()
MOST_QUESTIONS = 3
SAID: dict[str, Verdict] = {}


@pytest.mark.parametrize("made", FILES, ids=[f.name for f in FILES])
def test_a_file_is_read_right_or_its_question_is_asked(made: MadeFile, tmp_path: Path) -> None:
    SAID[made.name] = found = verdict(made, tmp_path)
    wanted = "asked" if made.asks else "right"
    assert (found.said, made.kind) == (wanted, made.kind), found.why
    assert made.asks in found.why


def test_the_corpus_is_large_and_asks_little() -> None:
    """At most three questions for nine files in ten, and none that loading waits for where a file is clear."""
    assert len(FILES) >= 120
    assert len({f.name for f in FILES}) == len(FILES)
    few = [name for name, found in SAID.items() if found.questions <= MOST_QUESTIONS]
    assert len(few) >= 0.9 * len(SAID)
