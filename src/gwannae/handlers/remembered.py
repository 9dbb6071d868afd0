"""Answers to what was asked in the last minute: the same words over the same registry have the same answer."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

MOST = 200  # answers, of a few kilobytes each
KEPT = timedelta(minutes=1)  # what an answer says of purchases may be as old as that


class RememberedAnswers:
    """Answers as they go over the wire, valid for one state of the registry in memory (`shelf`), then forgotten.

    People ask for the same few things: 인쇄, 현수막, 복사용지. What such an answer shows is public to all staff, so one
    person's answer is another's. Used in the event loop alone.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._shelf: object | None = None
        self._answers: dict[tuple[str, bool], tuple[datetime, str]] = {}

    def get(self, shelf: object | None, text: str, shareable: bool, now: datetime) -> str | None:
        """The answer as JSON, if these words were asked in the last minute, of this `shelf`; None for no shelf."""
        if shelf is None or shelf is not self._shelf:
            return None
        since, written = self._answers.get((text, shareable), (None, None))
        return written if since is not None and timedelta() <= now - since < KEPT else None

    def keep(self, shelf: object | None, text: str, shareable: bool, now: datetime, answer: Mapping[str, Any]) -> str:
        """Write an answer as JSON, and remember it for `shelf`, the one that it was made from; None: only write it."""
        written = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
        if shelf is None:
            return written
        if shelf is not self._shelf or len(self._answers) >= self._most:
            self._answers.clear()
            self._shelf = shelf
        self._answers[text, shareable] = now, written
        return written
