"""Structured logs, one JSON line each, on standard error: fixed event names, no personal data, no purchase texts.

An event is the message of a log record, its values are the record's `extra`.
"""

import contextlib
import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any, TextIO, cast

_HIDDEN = ("token", "secret", "signature", "text", "title")
_WORDY = ("slack_bolt", "gwannae.bolt", "slack_sdk", "gwannae.slack_sdk", "aiohttp", "uvicorn.access", "asyncio")
_OF_EVERY_RECORD = frozenset((*vars(logging.makeLogRecord({})), "message", "asctime", "taskName"))


def set_up_logs(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Send our own logs and the libraries' to `stream` (standard error), each event in one line of JSON."""
    handler = logging.StreamHandler(cast(TextIO, _Out(stream)))
    handler.setFormatter(_OneLine())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(getattr(logging, level, logging.INFO))
    for name in _WORDY:  # below warnings they write whole requests, whatever our own level is
        logging.getLogger(name).setLevel(logging.WARNING)


class _Out:
    """Where lines go. A disk that is full or an error stream that was closed must not cost anybody an answer."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write a line if it can be written."""
        with contextlib.suppress(OSError, ValueError):
            (self._stream or sys.stderr).write(text)
        return len(text)

    def flush(self) -> None:
        """Hand on what was written, if it can be."""
        with contextlib.suppress(OSError, ValueError):
            (self._stream or sys.stderr).flush()


class _OneLine(logging.Formatter):
    """A record as one line of JSON: event and values, or a library's own sentence; the kind of an exception but not its
    words. What is named like a secret or like something that a person typed is hidden: a second belt.
    """

    def format(self, record: logging.LogRecord) -> str:
        event: dict[str, Any] = {"event": record.getMessage(), "logger": record.name, "level": record.levelname.lower()}
        if record.exc_info and record.exc_info[0] is not None:
            event["error"] = record.exc_info[0].__name__
        values = {name: value for name, value in vars(record).items() if name not in _OF_EVERY_RECORD}
        event |= {name: "…" if name in _HIDDEN else value for name, value in values.items()}
        event["timestamp"] = datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z")
        return json.dumps(event, default=repr)  # all signs as ASCII: some end a line or steer a terminal
