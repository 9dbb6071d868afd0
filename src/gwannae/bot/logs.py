"""Structured logs, one JSON line each, on standard error: fixed event names, no personal data, no purchase texts."""

import contextlib
import logging
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO, cast

import structlog

_HIDDEN = ("token", "secret", "signature", "text", "title")
_WORDY = ("slack_bolt", "gwannae.bolt", "slack_sdk", "gwannae.slack_sdk", "aiohttp", "uvicorn.access", "asyncio")


def set_up_logs(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Send structlog and the libraries' own logs to `stream` (standard error), each event in one line of JSON."""
    out = cast(TextIO, _Out(stream))
    number = getattr(logging, level, logging.INFO)
    handler = logging.StreamHandler(out)
    handler.setFormatter(_OneLine())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(number)
    for name in _WORDY:  # below warnings they write whole requests, whatever our own level is
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _hide,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(out),
        cache_logger_on_first_use=False,  # a logger made before the set-up must not keep the colourful default
    )


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
    """A library's record as one line of JSON: its own sentence, the kind of an exception but not its words."""

    def format(self, record: logging.LogRecord) -> str:
        event: dict[str, Any] = {"event": record.getMessage(), "logger": record.name, "level": record.levelname.lower()}
        if record.exc_info and record.exc_info[0] is not None:
            event["error"] = record.exc_info[0].__name__
        event["timestamp"] = self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z")
        return str(structlog.processors.JSONRenderer(ensure_ascii=False)(None, "", event))


def _hide(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A second belt: what is named like a secret or like something that a person typed never reaches the log."""
    for name in event:
        if name in _HIDDEN:
            event[name] = "…"
    return event
