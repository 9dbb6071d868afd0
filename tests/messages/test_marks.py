"""Slack draws `*bold*` only where no letter touches it; a particle after it (`*이름*의`) leaves the stars standing."""

import re
from pathlib import Path

import pytest

import gwannae.messages

FILES = sorted(Path(gwannae.messages.__file__).parent.glob("*.py"))
TOUCHED = re.compile(r"\}[*~][가-힣]|[가-힣][*~]\{")  # right beside what is put in: `*{name}*의`


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_letter_touches_a_mark(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    assert [(number, line.strip()) for number, line in enumerate(lines, 1) if TOUCHED.search(line)] == []
