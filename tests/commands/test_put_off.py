"""What a terminal waits for: modules that no answer needs are not read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
QUESTION = """
import sys
from equity.commands.line import run
run(["ask", "disparities", "--dataset", "Nothing", "--measure", "A", "--by", "b"])
from equity.commands import printing
from equity.lens import disparities
from equity.words.answers import tables
import numpy, scipy.special
unread = ("duckdb", "equity.focus", "equity.words.answers.trends", "numpy.f2py.crackfortran")
read = [name for name in unread if name in sys.modules]
print(read, numpy.f2py.get_include().endswith("src"), "numpy.f2py.crackfortran" in sys.modules)
"""


def test_an_answer_reads_no_database_no_other_answers_words_and_no_compiler(tmp_path: Path) -> None:
    environment = {**os.environ, "EQUITY_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", QUESTION], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[0] == "[] True True", "and what was put off is there once it is asked for"
